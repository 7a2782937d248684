/** Log forwarding: the servers that what happens here is sent to, how far each is behind, and a test of one. */
import { z } from 'zod'
import { byId, id, line, timestamp, version, versionQuery } from './common.ts'
import { endpoint } from './endpoint.ts'
import { serverHost } from './radius-servers.ts'
import { testResult } from './radius.ts'
import { administratorsOnly, everyRole } from './roles.ts'

/** Syslog (RFC 5424) over UDP (RFC 5426), TCP (RFC 6587, octet counting) or TLS (RFC 5425); or JSON over HTTPS. */
export const logTransport = z.enum(['udp', 'tcp', 'tls', 'https'])
export type LogTransport = z.infer<typeof logTransport>

/** What a syslog message says: fields as structured data and a sentence, JSON, or ArcSight's CEF. */
export const logFormat = z.enum(['structured-data', 'json', 'cef'])
export type LogFormat = z.infer<typeof logFormat>

/** RFC 5424 §6.2.1. */
export const logFacility = z.enum([
  'auth',
  'authpriv',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
])
export type LogFacility = z.infer<typeof logFacility>

/** Of a batch over HTTPS: one JSON object a line, or one array of them. */
export const logLayout = z.enum(['lines', 'array'])

const pem = z.string().trim().max(64_000, 'At most 64,000 characters.')

const syslog = {
  host: z
    .string()
    .trim()
    .min(1, 'Enter the receiver’s address or host name.')
    .max(253, 'At most 253 characters.')
    .refine(
      (text) => serverHost.safeParse(text).success,
      'Enter an IP address, or a host name such as siem.example.com.',
    ),
  port: z.int('Ports are whole numbers.').min(1, 'Ports are 1 to 65535.').max(65535, 'Ports are 1 to 65535.'),
  format: logFormat,
  facility: logFacility,
}

/** A null authority: those that this machine trusts. A null certificate: we show none. */
export const logReceiverConfiguration = z.discriminatedUnion('transport', [
  z.strictObject({ transport: z.literal('udp'), ...syslog }),
  z.strictObject({ transport: z.literal('tcp'), ...syslog }),
  z.strictObject({ transport: z.literal('tls'), ...syslog, caPem: pem.nullable(), certificatePem: pem.nullable() }),
  z.strictObject({
    transport: z.literal('https'),
    url: z
      .url({ protocol: /^https$/, error: 'Enter a URL that begins with https://.' })
      .max(1000, 'At most 1,000 characters.')
      .refine((text) => !hasCredentials(text), 'Put no password into the URL: the header below is for that.'),
    /** What shows the receiver who sends: a header whose value is a secret. Null: none. */
    headerName: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9-]{1,64}$/, 'A header’s name: letters, digits and hyphens.')
      .refine((name) => !ownHeaders.includes(name.toLowerCase()), 'This header is set by the server itself.')
      .nullable(),
    layout: logLayout,
    gzip: z.boolean(),
    caPem: pem.nullable(),
  }),
])
export type LogReceiverConfiguration = z.infer<typeof logReceiverConfiguration>

const ownHeaders = ['host', 'content-type', 'content-length', 'content-encoding', 'connection', 'transfer-encoding']

function hasCredentials(text: string): boolean {
  try {
    const { username, password } = new URL(text)
    return username !== '' || password !== ''
  } catch {
    return false
  }
}

const fields = {
  name: line(60).min(1, 'Enter a name.'),
  enabled: z.boolean(),
  configuration: logReceiverConfiguration,
  /** Sign-ins as they ended. */
  signIns: z.boolean(),
  /** And each time that somebody was asked for something: a sign-in that never ended shows up by this alone. */
  questions: z.boolean(),
  /** What administrators changed. */
  changes: z.boolean(),
  /** What VPN devices account for. */
  accounting: z.boolean(),
}

/** `headerValue` goes with `headerName`; `privateKey` (PEM) with `certificatePem`. */
export const createLogReceiverInput = z.strictObject({
  ...fields,
  headerValue: z
    .string()
    .min(1, 'Enter the header’s value.')
    .max(2000, 'At most 2,000 characters.')
    .regex(/^[\x20-\x7e]*$/, 'Letters, digits and signs of ASCII alone.')
    .optional(),
  privateKey: pem.optional(),
})
export type CreateLogReceiverInput = z.infer<typeof createLogReceiverInput>

/** Secrets that are absent stay as they are, unless another server would receive them. */
export const changeLogReceiverInput = z.strictObject({ ...createLogReceiverInput.shape, version })
export type ChangeLogReceiverInput = z.infer<typeof changeLogReceiverInput>

export const logReceiverView = z.object({
  ...fields,
  name: z.string(),
  id,
  hasHeaderValue: z.boolean(),
  hasPrivateKey: z.boolean(),
  /** How it does at this moment; null while it is disabled, or where the sending thread does not answer. */
  progress: z
    .object({
      state: z.enum(['unknown', 'up', 'failing']),
      since: timestamp,
      /** Why the last message or batch did not go. */
      problem: z.string().nullable(),
      /** Events that it has not taken yet. */
      waiting: z.int(),
      /** Since when the oldest of them waits, as far as that is known. */
      behindSince: timestamp.nullable(),
      sent: z.int(),
      /** Events that went unsent for good: too many waited. */
      lost: z.int(),
      lastSentAt: timestamp.nullable(),
    })
    .nullable(),
  version,
})
export type LogReceiverView = z.infer<typeof logReceiverView>

const tag = 'Log forwarding'

export const logReceivers = {
  list: endpoint({
    method: 'GET',
    path: '/api/log-receivers',
    summary: 'The servers that what happens here is sent to, and how far each is behind.',
    tag,
    access: everyRole,
    response: z.object({
      rows: z.array(logReceiverView),
      /** With so many events waiting, the oldest are given up. */
      limit: z.int(),
    }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/log-receivers',
    summary: 'Adds a receiver, which is sent what happens from now on.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    body: createLogReceiverInput,
    response: logReceiverView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/log-receivers/:id',
    summary: 'Changes a receiver, at once; it goes on where it was, unless it was disabled.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    params: byId,
    body: changeLogReceiverInput,
    response: logReceiverView,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/log-receivers/:id',
    summary: 'Removes a receiver; what waited for it alone is forgotten.',
    tag,
    access: administratorsOnly,
    params: byId,
    query: versionQuery,
  }),
  test: endpoint({
    method: 'POST',
    path: '/api/log-receivers/:id/test',
    summary: 'Sends one test message to a saved receiver, and says what came of it.',
    tag,
    access: administratorsOnly,
    params: byId,
    response: testResult,
  }),
} as const
