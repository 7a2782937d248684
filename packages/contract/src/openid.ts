/** Sign-in to the console by an OpenID Connect provider: how it is set up, its test, and the two calls of a sign-in. */
import { z } from 'zod'
import { byId, line, version } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly } from './roles.ts'
import { signInAnswer } from './session.ts'

/** What of an account at the provider names the administrator, until it has signed in once. */
export const openIdClaim = z.enum(['email', 'preferred_username', 'upn', 'sub'])
export type OpenIdClaim = z.infer<typeof openIdClaim>

/** Whether a provider may be asked there: over TLS, or on this machine. */
export function isProviderAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  return username + password === '' && (protocol === 'https:' || (protocol === 'http:' && isHere))
}

const issuerAddress = line(500)
  // What is copied from a provider's page is often where it describes itself.
  .transform((text) => text.replace(/\/\.well-known\/openid-configuration$/, ''))
  .refine(
    (text) => isProviderAddress(text) && !/[?#]/.test(text),
    'Enter the provider’s issuer, such as https://login.example.com: https, and nothing behind the path.',
  )

const plain = {
  enabled: z.boolean(),
  clientId: z.string(),
  claim: openIdClaim,
  /** On the button of the sign-in page. */
  label: z.string(),
  /** Whether ours is not asked where the provider says that it asked for two. */
  trustSecondFactor: z.boolean(),
  /** A value of `acr` by which this provider says so, beside those that are known; it is asked for. */
  multifactorAcr: z.string().nullable(),
  /** PEM of the authority that signed the provider’s certificate; null: the authorities that the system trusts. */
  caPem: z.string().max(64_000, 'At most 64,000 characters of PEM.').nullable(),
}

/** `clientSecret` absent keeps the present one, which works only while it goes to the same client of the same issuer. */
export const openIdInput = z.strictObject({
  ...plain,
  issuer: issuerAddress,
  clientId: line(300).min(1, 'Enter the client ID that the provider gave to Sallyport.'),
  clientSecret: z.string().trim().min(1).max(500, 'At most 500 characters.').optional(),
  label: line(40).min(1, 'Enter what people call the provider.'),
  multifactorAcr: line(200)
    .transform((text) => (text === '' ? null : text))
    .nullable(),
  version,
})
export type OpenIdInput = z.infer<typeof openIdInput>

export const openIdView = z.object({
  ...plain,
  issuer: z.string(),
  hasSecret: z.boolean(),
  /** What the provider has to be told; null: SALLYPORT_CONSOLE_URL is not set, and nobody can sign in so. */
  redirectUri: z.string().nullable(),
  /** False until somebody saved it. */
  configured: z.boolean(),
  version,
})
export type OpenIdView = z.infer<typeof openIdView>

/** What can be wrong with a provider, from the way there to what it says. */
const openIdTestProblem = z.enum([
  ...(['unknown-name', 'refused-connection', 'timed-out', 'unreachable'] as const),
  ...(['certificate-untrusted', 'certificate-expired', 'certificate-of-another'] as const),
  ...(['not-found', 'not-a-provider', 'issuer-differs', 'unsuitable', 'no-keys'] as const),
])
export type OpenIdTestProblem = z.infer<typeof openIdTestProblem>

/** What a look at the provider found, the client’s secret untried: it shows at the first sign-in alone. */
export const openIdTestResult = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('found'),
    authorizationEndpoint: z.string(),
    tokenEndpoint: z.string(),
    /** By which it signs; those that are taken here. */
    algorithms: z.array(z.string()),
    keys: z.int(),
  }),
  z.object({
    outcome: z.literal('failed'),
    problem: openIdTestProblem,
    /** The issuer that it named, its status, the field that does not do, or Node's sentence; empty: the problem says it all. */
    said: z.string(),
  }),
])
export type OpenIdTestResult = z.infer<typeof openIdTestResult>

/** Why a sign-in by the provider came to nothing: a sentence for each thing that somebody can do about it, and nothing of the provider's. */
export const openIdRefusals = {
  off: 'Signing in by a provider is not set up here. Use your password.',
  down: 'The provider does not answer as it should. Try again shortly, or use your password.',
  elsewhere: 'The provider sends you back to another address of this console (SALLYPORT_CONSOLE_URL). Sign in there.',
  stale: 'This sign-in is too old, was used already, or began in another browser. Begin again.',
  refused: 'The provider did not let you in. Try again, or use your password.',
  wrong: 'The provider’s answer does not hold, and nobody was signed in. Begin again; the server’s log says more.',
  nobody:
    'The provider knows you, but no account here is yours, or it is locked for a while. The server’s log says why.',
} as const

/** What the server alone can find wrong with the settings. */
export const openIdFaults = {
  secretMissing: 'Enter the client secret.',
  secretKept: 'Enter the client secret again, because where it is sent to has changed.',
  noCertificate: 'This is not a certificate in PEM.',
} as const

const tag = 'OpenID Connect'
const common = { tag, access: administratorsOnly, noTokens: true } as const

export const openId = {
  read: endpoint({
    ...common,
    method: 'GET',
    path: '/api/administrators/openid',
    summary: 'The OpenID Connect provider by which administrators may sign in, without the client’s secret.',
    response: openIdView,
  }),
  change: endpoint({
    ...common,
    reauthenticate: true,
    method: 'PUT',
    path: '/api/administrators/openid',
    summary: 'Saves the provider; the next sign-in uses it.',
    body: openIdInput,
    response: openIdView,
  }),
  test: endpoint({
    ...common,
    reauthenticate: true,
    method: 'POST',
    path: '/api/administrators/openid/test',
    summary: 'Asks a provider, saved or not, to describe itself, and says what was found or what is wrong.',
    body: openIdInput,
    response: openIdTestResult,
  }),
  unpin: endpoint({
    ...common,
    reauthenticate: true,
    method: 'DELETE',
    path: '/api/administrators/:id/openid',
    summary: 'Forgets which account of the provider signs in as somebody: the next one that is named like them does.',
    params: byId,
  }),
  begin: endpoint({
    method: 'POST',
    path: '/api/session/openid/begin',
    summary: 'Begins a sign-in by the provider in this browser; good once, for ten minutes.',
    tag,
    access: 'public',
    /** Where the browser goes next. */
    response: z.object({ url: z.string() }),
  }),
  finish: endpoint({
    method: 'POST',
    path: '/api/session/openid',
    summary: 'Signs in by what the provider sent the browser back with; only the browser that began.',
    tag,
    access: 'public',
    body: z.strictObject({
      /** The query of the address that the provider chose, as it is. */
      answer: z.string().max(8000),
    }),
    response: signInAnswer,
  }),
} as const
