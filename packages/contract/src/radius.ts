/** RADIUS Authentication: whether it runs, on which ports, for which clients, against which target. */
import { z } from 'zod'
import { canonicalAddress } from './address-range.ts'
import { byId, id, line, timestamp, version, versionQuery } from './common.ts'
import { endpoint } from './endpoint.ts'
import { factorMode, messageAuthenticatorPolicy } from './client-policies.ts'
import { administratorsOnly, everyRole } from './roles.ts'
import { factorKind, signInMethod } from './sign-in.ts'
import { vendorProfileId } from './vendor-profiles/profile.ts'

const port = z.int('Ports are whole numbers.').min(1, 'Ports are 1 to 65535.').max(65535, 'Ports are 1 to 65535.')

const ports = z
  .array(port)
  .max(8, 'At most eight ports.')
  .refine((numbers) => new Set(numbers).size === numbers.length, 'Each port once.')

const radiusSettingsFields = z.strictObject({
  enabled: z.boolean(),
  /** One to eight UDP ports, each on IPv4 and IPv6; 1812 and 1645 by default. */
  authenticationPorts: ports.min(1, 'Name at least one authentication port (1812 is the usual one).'),
  /** None to eight UDP ports, each on IPv4 and IPv6; 1813 and 1646 by default. None: accounting is not taken. */
  accountingPorts: ports,
  /** Hours without a word after which a VPN session counts as lost: 1 to 720. */
  accountingSilenceHours: z.int('Whole hours.').min(1, '1 to 720 hours.').max(720, '1 to 720 hours.'),
  version,
})

export const radiusSettingsInput = radiusSettingsFields.refine(
  ({ authenticationPorts, accountingPorts }) => !accountingPorts.some((number) => authenticationPorts.includes(number)),
  { path: ['accountingPorts'], message: 'A port serves authentication or accounting, not both.' },
)
export type RadiusSettingsInput = z.infer<typeof radiusSettingsInput>

/** One socket that RADIUS should listen on. `problem` names what stands in the way, and what holds the port. */
export const radiusSocket = z.object({
  port: z.int(),
  family: z.enum(['IPv4', 'IPv6']),
  kind: z.enum(['authentication', 'accounting']),
  state: z.enum(['listening', 'failed']),
  problem: z.string().nullable(),
})
export type RadiusSocket = z.infer<typeof radiusSocket>

export const radiusSettingsView = radiusSettingsFields.extend({ sockets: z.array(radiusSocket) })
export type RadiusSettingsView = z.infer<typeof radiusSettingsView>

/**
 * A source address or prefix in its canonical form (`192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`); host bits are cleared.
 * IPv4-mapped IPv6 addresses become IPv4.
 */
export const clientAddress = z
  .string()
  .trim()
  .max(64, 'Enter an IP address or a prefix.')
  .transform((text, context) => {
    // Where a certificate tells who asks, an address is not needed: who needs one is checked with the whole client.
    const canonical = text === '' ? '' : canonicalAddress(text)
    if (canonical !== undefined) return canonical
    context.addIssue({ code: 'custom', message: 'Enter an IPv4 or IPv6 address, or a prefix such as 192.0.2.0/24.' })
    return z.NEVER
  })

export const sharedSecret = z
  .string()
  .min(8, 'Use at least 8 characters; 32 random ones are better: press Generate.')
  .max(128, 'At most 128 characters.')
  .regex(/^[^\p{Cc}]*$/u, 'Control characters cannot be used in a shared secret.')

const clientFields = {
  address: clientAddress,
  /** Shown in reports and messages; empty: the address stands for it. */
  applicationName: line(64),
  /**
   * Tells clients apart that share an address: the NAS-Identifier (RFC 2865 §5.32) that the device sends, letter by letter.
   * Empty: whatever no other client of this address names.
   */
  nasIdentifier: line(253).default(''),
  /**
   * Over RadSec: what the device's certificate says of it, which is an alternative name, its common name, or its SHA-256
   * fingerprint. Where an address is given too, it has to come from there. Empty: it asks by UDP alone.
   */
  certificateName: line(255).default(''),
  /** What the device is: where its settings came from, and what its own ones are called. */
  vendorProfile: vendorProfileId.default('other'),
  requireUserMatch: z.boolean(),
  messageAuthenticator: messageAuthenticatorPolicy,
  /** Drops what came through a proxy without a Message-Authenticator (CVE-2024-3596); never so under `never-send`. */
  limitProxyState: z.boolean().default(true),
  factorMode,
  canBeChallenged: z.boolean(),
  /** Seconds after which the device gives up: 5 to 300. */
  deviceTimeoutSeconds: z.int().min(5, '5 to 300 seconds.').max(300, '5 to 300 seconds.'),
  /** The second factors that may be used here; none named: all that Company Settings allow. */
  allowedMethods: z
    .array(factorKind)
    .refine((methods) => new Set(methods).size === methods.length, 'Each method once.')
    .default([]),
  /** After a factor that failed for a technical reason, or that nobody answered, a challenge asks for a code of an OATH token. */
  fallbackOath: z.boolean().default(false),
  /** Where no challenge can show a number to match, the app is asked without one; otherwise it is not asked. */
  pushWithoutNumber: z.boolean().default(false),
  enabled: z.boolean(),
}

export const createRadiusClientInput = z.strictObject({ ...clientFields, sharedSecret })
export type CreateRadiusClientInput = z.infer<typeof createRadiusClientInput>

/** `sharedSecret` absent keeps the present one. */
export const changeRadiusClientInput = z.strictObject({
  ...clientFields,
  sharedSecret: sharedSecret.optional(),
  version,
})
export type ChangeRadiusClientInput = z.infer<typeof changeRadiusClientInput>

export const radiusClientView = z.object({
  ...clientFields,
  address: z.string(),
  nasIdentifier: z.string(),
  certificateName: z.string(),
  vendorProfile: vendorProfileId,
  limitProxyState: z.boolean(),
  allowedMethods: z.array(factorKind),
  fallbackOath: z.boolean(),
  pushWithoutNumber: z.boolean(),
  id,
  /** When a valid Message-Authenticator was first seen from it: from then on *auto* requires one. */
  messageAuthenticatorSeenAt: timestamp.nullable(),
  /** When a request with Proxy-State was first seen from it: something forwards its requests. */
  proxyStateSeenAt: timestamp.nullable(),
  /** How its passwords came so far. */
  methodsSeen: z.array(signInMethod.exclude(['none'])),
  lastSeenAt: timestamp.nullable(),
  /** Sign-ins in the last 24 hours. */
  signInsLastDay: z.int(),
  createdAt: timestamp,
  version,
})
export type RadiusClientView = z.infer<typeof radiusClientView>

/** What checks the passwords. The kinds that a release cannot serve are not in this list. */
export const targetKind = z.enum(['none', 'ldap', 'radius', 'built-in', 'windows-domain'])
export type TargetKind = z.infer<typeof targetKind>

export const targetInput = z.strictObject({ kind: targetKind, version })
export type TargetInput = z.infer<typeof targetInput>
export const targetView = z.object({ kind: targetKind, version })
export type TargetView = z.infer<typeof targetView>

/** One step of a *Test*: a plain sentence, with the fix where it failed. */
export const testStep = z.object({
  server: z.string(),
  step: z.string(),
  ok: z.boolean(),
  message: z.string(),
  durationMs: z.number(),
})
export const testResult = z.object({ ok: z.boolean(), steps: z.array(testStep) })
export type TestResult = z.infer<typeof testResult>

/** Name and password are used once and kept nowhere. */
export const testTargetInput = z.strictObject({
  username: z.string().trim().min(1, 'Enter a name to try.').max(253),
  password: z.string().min(1, 'Enter that user’s password.').max(128),
})
export type TestTargetInput = z.infer<typeof testTargetInput>

const tag = 'RADIUS Authentication'

export const radius = {
  readSettings: endpoint({
    method: 'GET',
    path: '/api/radius/settings',
    summary: 'Whether RADIUS runs, on which ports, and how each socket does.',
    tag,
    access: everyRole,
    response: radiusSettingsView,
  }),
  changeSettings: endpoint({
    method: 'PUT',
    path: '/api/radius/settings',
    summary: 'Saves and applies at once; the answer says how each socket fared.',
    tag,
    access: administratorsOnly,
    body: radiusSettingsInput,
    response: radiusSettingsView,
  }),
  listClients: endpoint({
    method: 'GET',
    path: '/api/radius/clients',
    summary: 'The RADIUS clients, by application name.',
    tag,
    access: everyRole,
    response: z.object({ rows: z.array(radiusClientView) }),
  }),
  createClient: endpoint({
    method: 'POST',
    path: '/api/radius/clients',
    summary: 'Adds a RADIUS client; it is served at once.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    body: createRadiusClientInput,
    response: radiusClientView,
  }),
  changeClient: endpoint({
    method: 'PUT',
    path: '/api/radius/clients/:id',
    summary: 'Changes a RADIUS client, at once.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    params: byId,
    body: changeRadiusClientInput,
    response: radiusClientView,
  }),
  removeClient: endpoint({
    method: 'DELETE',
    path: '/api/radius/clients/:id',
    summary: 'Removes a RADIUS client; its requests meet silence at once.',
    tag,
    access: administratorsOnly,
    params: byId,
    query: versionQuery,
  }),
  readTarget: endpoint({
    method: 'GET',
    path: '/api/radius/target',
    summary: 'What checks the passwords.',
    tag,
    access: everyRole,
    response: targetView,
  }),
  changeTarget: endpoint({
    method: 'PUT',
    path: '/api/radius/target',
    summary: 'Chooses what checks the passwords, at once.',
    tag,
    access: administratorsOnly,
    body: targetInput,
    response: targetView,
  }),
  testTarget: endpoint({
    method: 'POST',
    path: '/api/radius/target/test',
    summary: 'Checks one name and password against the saved target and explains each step.',
    tag,
    access: administratorsOnly,
    body: testTargetInput,
    response: testResult,
  }),
}
