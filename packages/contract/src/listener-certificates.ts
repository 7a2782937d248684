/** Certificates: what each listener that can speak TLS shows, and where console and portal take theirs from. */
import { z } from 'zod'
import { timestamp, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { certificateView } from './radsec.ts'
import { administratorsOnly } from './roles.ts'

/** Those whose certificate is chosen here. */
export const certifiedListener = z.enum(['console', 'portal'])
export type CertifiedListener = z.infer<typeof certifiedListener>

/** `files`: on the server, read again while it runs. `environment`: what SALLYPORT_…_TLS_CERTIFICATE and _KEY name. */
export const certificateSource = z.enum(['environment', 'files', 'pasted', 'self-signed'])
export type CertificateSource = z.infer<typeof certificateSource>

const pem = z.string().trim().min(1, 'Paste it as PEM.').max(64_000, 'At most 64,000 characters of PEM.')
const filePath = z
  .string()
  .trim()
  .max(1000, 'At most 1000 characters.')
  .regex(/^\/\P{Cc}*$/u, 'Write the whole path, beginning with a slash.')

const which = { listener: certifiedListener, version }

export const pasteCertificateInput = z.strictObject({
  ...which,
  /** The listener’s own and those between it and its authority; the order does not matter. */
  certificatePem: pem,
  keyPem: pem,
  /** Of a key that is locked; it is kept unlocked, sealed like every other secret. */
  passphrase: z.string().max(1000, 'At most 1000 characters.').optional(),
})
export type PasteCertificateInput = z.infer<typeof pasteCertificateInput>

export const certificateFilesInput = z.strictObject({ ...which, certificateFile: filePath, keyFile: filePath })
export type CertificateFilesInput = z.infer<typeof certificateFilesInput>

const notAName = 'Names are host names such as mfa.example.com, or addresses.'
const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const hostName = new RegExp(`^(?=.{1,253}$)(\\*\\.)?${label}(\\.${label})*$`, 'iu')
export const selfSignedInput = z.strictObject({
  ...which,
  names: z
    .array(z.union([z.ipv4(), z.ipv6(), z.string().regex(hostName)], { error: notAName }))
    .min(1, 'Name the listener as browsers look for it.')
    .max(50, 'At most 50 names.'),
  days: z.int('1 to 825 days.').min(1, '1 to 825 days.').max(825, '1 to 825 days.'),
})
export type SelfSignedInput = z.infer<typeof selfSignedInput>

export const resetCertificateInput = z.strictObject(which)

export const shownCertificate = certificateView.extend({
  issuer: z.string(),
  validFrom: timestamp,
  /** Such as `EC P-256` or `RSA 2048`. */
  keyType: z.string(),
})
export type ShownCertificate = z.infer<typeof shownCertificate>

const listenerStanding = z.object({
  /** Where it is found now. */
  address: z.string(),
  speaks: z.enum(['tls', 'plain', 'off']),
  /** A proxy in front of it speaks TLS in its place. */
  behindProxy: z.boolean(),
  /** The first of the chain; null: it shows none. */
  certificate: shownCertificate.nullable(),
  /** PEM, what every visitor is shown; the key is never among it. */
  chainPem: z.string().nullable(),
  /** Why something else is shown than what was chosen. */
  problem: z.string().nullable(),
  warnings: z.array(z.string()),
})

export const listenerCertificateView = listenerStanding.extend({
  listener: certifiedListener,
  /** Of what is shown; `stand-in`: what was chosen could not be served when the server started. */
  shows: z.enum([...certificateSource.options, 'stand-in']).nullable(),
  /** What was chosen. */
  source: certificateSource,
  certificateFile: z.string().nullable(),
  keyFile: z.string().nullable(),
  /** Where it will be found once the server is started again; null: a restart changes nothing. */
  nextAddress: z.string().nullable(),
  /** For a certificate that is signed by itself. */
  suggestedNames: z.array(z.string()),
  version,
})
export type ListenerCertificateView = z.infer<typeof listenerCertificateView>

export const listenerCertificatesView = z.object({
  listeners: z.array(listenerCertificateView),
  /** RADIUS over TLS, whose certificate is kept with its other settings. */
  radsec: listenerStanding,
})
export type ListenerCertificatesView = z.infer<typeof listenerCertificatesView>

const tag = 'Certificates'
const change = {
  method: 'POST',
  tag,
  access: administratorsOnly,
  reauthenticate: true,
  response: listenerCertificateView,
} as const

export const listenerCertificates = {
  read: endpoint({
    method: 'GET',
    path: '/api/certificates',
    summary: 'What each listener that can speak TLS shows, and what is wrong with it.',
    tag,
    access: ['administrator', 'auditor'],
    response: listenerCertificatesView,
  }),
  paste: endpoint({
    ...change,
    path: '/api/certificates/paste',
    summary:
      'Serves console or portal with this certificate: at once where it speaks TLS, else from the next start on.',
    body: pasteCertificateInput,
  }),
  pointTo: endpoint({
    ...change,
    path: '/api/certificates/files',
    summary: 'Serves console or portal with the certificate in these files, which are read again each minute.',
    body: certificateFilesInput,
  }),
  makeSelfSigned: endpoint({
    ...change,
    path: '/api/certificates/self-signed',
    summary: 'Makes a key (EC P-256) and a certificate that it signs itself, and serves console or portal with it.',
    body: selfSignedInput,
  }),
  reset: endpoint({
    ...change,
    path: '/api/certificates/reset',
    summary: 'Goes back to what the environment says of console or portal.',
    body: resetCertificateInput,
  }),
} as const
