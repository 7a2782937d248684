/** The servers of the target *RADIUS server(s)*: their order, how each does, and a test of one. */
import { z } from 'zod'
import { byId, id, timestamp, version, versionQuery } from './common.ts'
import { endpoint } from './endpoint.ts'
import { sharedSecret, testResult } from './radius.ts'
import { administratorsOnly, everyRole } from './roles.ts'

const port = z.int('Ports are whole numbers.').min(1, 'Ports are 1 to 65535.').max(65535, 'Ports are 1 to 65535.')
const pem = z.string().trim().max(64_000, 'At most 64,000 characters.')

/** An IPv4 or IPv6 address, or a host name (RFC 1123 §2.1). */
export const serverHost = z
  .string()
  .trim()
  .min(1, 'Enter the server’s address or host name.')
  .max(253, 'At most 253 characters.')
  .refine((text) => isHost(text), 'Enter an IPv4 or IPv6 address, or a host name such as radius1.example.com.')
  .transform((text) => text.toLowerCase())

export const radiusTransport = z.enum(['udp', 'radsec'])
export type RadiusTransport = z.infer<typeof radiusTransport>

const fields = {
  host: serverHost,
  authenticationPort: port,
  /** Null: it takes no accounting. With RadSec it is the one port that there is. */
  accountingPort: port.nullable(),
  transport: radiusTransport,
  /** Seconds that one transmission waits: 1 to 60. */
  timeoutSeconds: z.int().min(1, '1 to 60 seconds.').max(60, '1 to 60 seconds.'),
  /** Transmissions in all: 1 to 10. */
  tries: z.int().min(1, '1 to 10 tries.').max(10, '1 to 10 tries.'),
  /** Whether its answers must carry Message-Authenticator: once it has ever sent one, or from the start (CVE-2024-3596). */
  messageAuthenticator: z.enum(['auto', 'require']),
  /** RadSec, PEM: the authorities that its certificate must come from. */
  caPem: pem.nullable(),
  /** RadSec, PEM: the certificate that we show it. */
  certificatePem: pem.nullable(),
}

/** `sharedSecret` is needed over UDP, `privateKey` (PEM) with RadSec. */
export const createRadiusServerInput = z.strictObject({
  ...fields,
  sharedSecret: sharedSecret.optional(),
  privateKey: pem.optional(),
})
export type CreateRadiusServerInput = z.infer<typeof createRadiusServerInput>

/**
 * Secrets that are absent stay as they are, but a shared secret only where {@link isSameAddress}: nobody who may change
 * an address may thereby have a secret that they do not know sent there.
 */
export const changeRadiusServerInput = z.strictObject({ ...createRadiusServerInput.shape, version })
export type ChangeRadiusServerInput = z.infer<typeof changeRadiusServerInput>

type Address = { readonly [name in 'host' | 'authenticationPort' | 'accountingPort' | 'transport']?: unknown }

/** Whether a server stays where the stored shared secret went before: host, ports and transport. */
export function isSameAddress(one: Address, other: Address): boolean {
  return (['host', 'authenticationPort', 'accountingPort', 'transport'] as const).every(
    (name) => one[name] === other[name],
  )
}

export const radiusServerView = z.object({
  ...fields,
  host: z.string(),
  id,
  /** From 1: the order in which they are asked. */
  place: z.int(),
  hasSharedSecret: z.boolean(),
  hasPrivateKey: z.boolean(),
  messageAuthenticatorSeenAt: timestamp.nullable(),
  /** How it does at this moment; null while the target is another one. */
  health: z
    .object({
      state: z.enum(['unknown', 'up', 'suspect', 'down']),
      since: timestamp.nullable(),
      problem: z.string().nullable(),
      /** Of its last answer. */
      latencyMs: z.number().nullable(),
      /** What came from it and was not believed, by name, commonest first. */
      rejected: z.array(z.object({ name: z.string(), count: z.int() })),
    })
    .nullable(),
  /** How its accounting port does; null where it takes none, or the forwarder does not answer. */
  accounting: z
    .object({
      state: z.enum(['unknown', 'up', 'suspect', 'down']),
      since: timestamp,
      problem: z.string().nullable(),
      /** Records since the server was started or changed. */
      acknowledged: z.int(),
    })
    .nullable(),
  version,
})
export type RadiusServerView = z.infer<typeof radiusServerView>

export const radiusTargetInput = z.strictObject({ whenAllDead: z.enum(['silence', 'reject']), version })
export type RadiusTargetInput = z.infer<typeof radiusTargetInput>

export const moveRadiusServerInput = z.strictObject({ direction: z.enum(['up', 'down']) })

/** Both or neither; used once and kept nowhere. */
export const testRadiusServerInput = z
  .strictObject({ username: z.string().trim().max(253), password: z.string().max(128) })
  .refine(({ username, password }) => (username === '') === (password === ''), {
    path: ['password'],
    message: 'Enter both a name and a password, or neither.',
  })
export type TestRadiusServerInput = z.infer<typeof testRadiusServerInput>

const tag = 'RADIUS Authentication'
const rows = z.object({ rows: z.array(radiusServerView) })

export const radiusServers = {
  list: endpoint({
    method: 'GET',
    path: '/api/radius/servers',
    summary: 'The servers of the target in the order in which they are asked, and how each does.',
    tag,
    access: everyRole,
    response: rows,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/radius/servers',
    summary: 'Adds a RADIUS server at the end of the order.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    body: createRadiusServerInput,
    response: radiusServerView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/radius/servers/:id',
    summary: 'Changes a RADIUS server, at once.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    params: byId,
    body: changeRadiusServerInput,
    response: radiusServerView,
  }),
  move: endpoint({
    method: 'POST',
    path: '/api/radius/servers/:id/move',
    summary: 'Lets a RADIUS server change places with its neighbour; the answer is the new order.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: moveRadiusServerInput,
    response: rows,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/radius/servers/:id',
    summary: 'Removes a RADIUS server; what waits for it may still be answered.',
    tag,
    access: administratorsOnly,
    params: byId,
    query: versionQuery,
  }),
  test: endpoint({
    method: 'POST',
    path: '/api/radius/servers/:id/test',
    summary: 'Tries one saved RADIUS server, with a name and password where they are given, and explains each step.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: testRadiusServerInput,
    response: testResult,
  }),
  readTarget: endpoint({
    method: 'GET',
    path: '/api/radius/servers-target',
    summary: 'What belongs to all servers of the target.',
    tag,
    access: everyRole,
    response: radiusTargetInput,
  }),
  changeTarget: endpoint({
    method: 'PUT',
    path: '/api/radius/servers-target',
    summary: 'Says what a device hears when no server answers.',
    tag,
    access: administratorsOnly,
    body: radiusTargetInput,
    response: radiusTargetInput,
  }),
}

function isHost(text: string): boolean {
  if (z.ipv4().safeParse(text).success || z.ipv6().safeParse(text).success) return true
  // All digits and dots is a mistyped address, not a name.
  if (/^[0-9.]+$/.test(text)) return false
  return /^(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?$/i.test(text)
}
