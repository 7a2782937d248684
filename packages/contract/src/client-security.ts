/** Reports › Client security: how each RADIUS client protects its requests, and what can be enforced without locking it out. */
import { z } from 'zod'
import { messageAuthenticatorPolicy } from './client-policies.ts'
import { byId, id, timestamp, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole } from './roles.ts'
import { signInMethod } from './sign-in.ts'

/**
 * What may be enforced: that every request carries Message-Authenticator, or that none that was forwarded comes without it
 * (CVE-2024-3596).
 */
export const clientMeasure = z.enum(['require-message-authenticator', 'limit-proxy-state'])
export type ClientMeasure = z.infer<typeof clientMeasure>

/** So many Access-Requests in a row have to have kept a measure before it is offered. */
export const requestsToProve = 50

const count = z.int().min(0)

/** What the engine saw of a client since it was started; of Access-Requests. */
export const clientTraffic = z.object({
  since: timestamp,
  requests: count,
  /** Of them, those that carried a valid Message-Authenticator. */
  signed: count,
  /** How many of the newest ones did without a gap. */
  signedInARow: count,
  /** How many of the newest ones came without Proxy-State, or with it and signed, without a gap. */
  protectedInARow: count,
  /** Requests that came once more while the first was being decided, or after it was answered. */
  repeated: count,
  /** The usual time between a request and its repetition, in milliseconds: the median of the newest ones. */
  usualIntervalMs: z.number().min(0).nullable(),
  /** Datagrams that met silence, by the reason’s name. */
  drops: z.record(z.string(), count),
})
export type ClientTraffic = z.infer<typeof clientTraffic>

export const clientSecurityRow = z.object({
  client: z.object({ id, name: z.string(), address: z.string() }),
  version,
  enabled: z.boolean(),
  messageAuthenticator: messageAuthenticatorPolicy,
  limitProxyState: z.boolean(),
  messageAuthenticatorSeenAt: timestamp.nullable(),
  proxyStateSeenAt: timestamp.nullable(),
  methodsSeen: z.array(signInMethod.exclude(['none'])),
  lastSeenAt: timestamp.nullable(),
  /** Null: it sent nothing since the engine was started. */
  traffic: clientTraffic.nullable(),
  /** What may be enforced now. */
  offers: z.array(clientMeasure),
})
export type ClientSecurityRow = z.infer<typeof clientSecurityRow>

const tag = 'Reports'

export const clientSecurity = {
  list: endpoint({
    method: 'GET',
    path: '/api/reports/client-security',
    summary: 'How each RADIUS client protects its requests, and what may be enforced.',
    tag,
    access: everyRole,
    response: z.object({
      rows: z.array(clientSecurityRow),
      /** False: the engine does not answer, so that nothing is known of the traffic. */
      engineAnswers: z.boolean(),
    }),
  }),
  enforce: endpoint({
    method: 'POST',
    path: '/api/reports/client-security/:id/enforce',
    summary: 'Enforces a measure that every request of late has kept, at once. Refused where that is not so any more.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: z.strictObject({ measure: clientMeasure, version }),
    response: clientSecurityRow,
  }),
  exportCsv: endpoint({
    method: 'GET',
    path: '/api/reports/client-security.csv',
    summary: 'The same as CSV (RFC 4180, UTF-8 with a byte order mark), a line for each client, streamed.',
    tag,
    access: everyRole,
    stream: 'text/csv',
  }),
  exportJson: endpoint({
    method: 'GET',
    path: '/api/reports/client-security.jsonl',
    summary: 'The same, a line of JSON for each client, streamed.',
    tag,
    access: everyRole,
    stream: 'application/x-ndjson',
  }),
}
