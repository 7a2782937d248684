/** Asks a provider to describe itself, and judges whether administrators can sign in by what it says. */
import { isProviderAddress, type OpenIdTestProblem, type OpenIdTestResult } from '@sallyport/contract'
import type { OpenIdSettings } from '@sallyport/store'
import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type CustomFetch,
  type ServerMetadata,
} from 'openid-client'
import { createProviderFetch, ProviderUnreachable } from './provider-fetch.ts'

export type ProviderPlace = Pick<OpenIdSettings, 'issuer' | 'clientId' | 'clientSecret' | 'caPem'>
type Failure = Extract<OpenIdTestResult, { outcome: 'failed' }>

export type Discovered =
  { readonly outcome: 'found'; readonly configuration: Configuration; readonly ask: CustomFetch } | Failure

/** Signatures that only the provider can make: nothing that is keyed by the secret, which we know too, and never `none`. */
const signatures: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

export async function discover({ issuer, clientId, clientSecret, caPem }: ProviderPlace): Promise<Discovered> {
  const ask = createProviderFetch(caPem)
  const url = new URL(issuer)
  let described: ServerMetadata
  try {
    // Without TLS is this machine alone: the settings take no other such address.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that nobody uses it without a thought
    const onLoopback = url.protocol === 'http:' ? [allowInsecureRequests] : []
    const found = await discovery(url, clientId, undefined, undefined, { execute: onLoopback, [customFetch]: ask })
    described = found.serverMetadata()
  } catch (error) {
    return failureOf(error)
  }
  // The library takes the issuer of a tenant that is not named here for Microsoft's own: anybody's tenant would do.
  if (new URL(described.issuer).href !== url.href) return failed('issuer-differs', described.issuer)
  const unfit = unsuitable(described)
  if (unfit !== undefined) return failed('unsuitable', unfit)
  const authentication = described.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const secret = authentication.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost
  // The library takes what the provider lists: what it lists is what we take.
  const narrowed = { ...described, id_token_signing_alg_values_supported: takenAlgorithms(described) }
  const configuration = new Configuration(narrowed, clientId, undefined, secret(clientSecret))
  configuration[customFetch] = ask
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that nobody uses it without a thought
  if (url.protocol === 'http:') allowInsecureRequests(configuration)
  // OpenID Connect Core §3.1.3.7 lets TLS stand in for the signature of the ID token; here both have to be right.
  enableNonRepudiationChecks(configuration)
  return { outcome: 'found', configuration, ask }
}

export function takenAlgorithms({ id_token_signing_alg_values_supported: listed = ['RS256'] }: ServerMetadata) {
  return listed.filter((name) => signatures.includes(name))
}

/** What is missing, as the name of the field; undefined: nothing. */
function unsuitable(described: ServerMetadata): string | undefined {
  const addresses = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const
  const bad = addresses.find((name) => !isProviderAddress(described[name] ?? ''))
  if (bad !== undefined) return bad
  if (described.response_types_supported?.includes('code') === false) return 'response_types_supported'
  return takenAlgorithms(described).length === 0 ? 'id_token_signing_alg_values_supported' : undefined
}

function failureOf(error: unknown): Failure {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown }
  if (cause instanceof ProviderUnreachable) return unreached(cause)
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' && cause instanceof Response) {
    return failed('not-found', String(cause.status))
  }
  const { attribute, body } = (cause ?? {}) as { readonly attribute?: unknown; readonly body?: { issuer?: unknown } }
  if (attribute === 'issuer') return failed('issuer-differs', String(body?.issuer))
  return failed('not-a-provider', '')
}

export function unreached({ problem, message }: ProviderUnreachable): Failure {
  return failed(problem, problem === 'unreachable' ? message : '')
}

function failed(problem: OpenIdTestProblem, said: string): Failure {
  return { outcome: 'failed', problem, said: said.slice(0, 300) }
}
