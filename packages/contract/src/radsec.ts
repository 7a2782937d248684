/** RADIUS Authentication › RadSec: RADIUS over TLS (RFC 6614), off until it has a certificate. */
import { z } from 'zod'
import { timestamp, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole } from './roles.ts'

const pem = z.string().trim().max(64_000, 'At most 64,000 characters of PEM.')

export const radsecInput = z.strictObject({
  enabled: z.boolean(),
  /** TCP; 2083 by default. */
  port: z.int('Ports are whole numbers.').min(1, 'Ports are 1 to 65535.').max(65535, 'Ports are 1 to 65535.'),
  /** PEM: this server's certificate, and those between it and its authority. */
  certificatePem: pem,
  /** PEM, unencrypted; absent keeps the present one. */
  keyPem: pem.optional(),
  /** PEM: the authorities that devices' certificates come from. */
  caPem: pem,
  version,
})
export type RadsecInput = z.infer<typeof radsecInput>

/** `expiring`: within 30 days. */
export const certificateState = z.enum(['good', 'expiring', 'expired'])
export const certificateView = z.object({
  subject: z.string(),
  /** Alternative names, as `DNS:radius.example.com`. */
  names: z.array(z.string()),
  fingerprint: z.string(),
  expiresAt: timestamp,
  state: certificateState,
})
export type CertificateView = z.infer<typeof certificateView>

export const radsecSocket = z.object({
  family: z.enum(['IPv4', 'IPv6']),
  state: z.enum(['listening', 'failed']),
  problem: z.string().nullable(),
})
export type RadsecSocket = z.infer<typeof radsecSocket>

export const radsecView = radsecInput.omit({ keyPem: true }).extend({
  hasKey: z.boolean(),
  certificate: certificateView.nullable(),
  authorities: z.array(certificateView),
  sockets: z.array(radsecSocket),
})
export type RadsecView = z.infer<typeof radsecView>

const tag = 'RADIUS Authentication'

export const radsec = {
  read: endpoint({
    method: 'GET',
    path: '/api/radius/radsec',
    summary: 'RADIUS over TLS: port, certificates, and how each socket does.',
    tag,
    access: everyRole,
    response: radsecView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/radius/radsec',
    summary: 'Saves and applies at once; connections begin anew.',
    tag,
    access: administratorsOnly,
    reauthenticate: true,
    body: radsecInput,
    response: radsecView,
  }),
}
