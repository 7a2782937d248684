/** The provider as a sign-in uses it: where a browser is sent, and what comes of the answer that it brings back. */
import type { OpenIdSettings } from '@sallyport/store'
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  type Configuration,
} from 'openid-client'
import { readAccount, type Claims, type ProviderAccount } from './account.ts'
import type { BegunSignIn } from './begun-sign-ins.ts'
import { discover } from './discover.ts'
import { ProviderUnreachable } from './provider-fetch.ts'

/** `refused`: the provider says no. `wrong`: its answer does not hold. `unreachable`: it gave none. */
export type AccountOutcome =
  | { readonly outcome: 'account'; readonly account: ProviderAccount }
  | { readonly outcome: 'refused' | 'wrong' | 'unreachable'; readonly why: string }

type Address = { readonly outcome: 'address'; readonly url: string } | Exclude<AccountOutcome, { outcome: 'account' }>

export interface Provider {
  readonly addressFor: (settings: OpenIdSettings, begun: BegunSignIn, state: string) => Promise<Address>
  /** @param answer the query that the browser came back with */
  readonly accountFor: (
    settings: OpenIdSettings,
    begun: BegunSignIn,
    answer: URLSearchParams,
  ) => Promise<AccountOutcome>
}

/** How long what the provider says of itself is believed. */
const describedForMs = 10 * 60_000

export function createProvider(redirectUri: string, clock: () => Date): Provider {
  let known: { readonly version: number; readonly untilMs: number; readonly found: ReturnType<typeof discover> } | null
  known = null
  /** One that asks at a time: who comes meanwhile waits for the same answer. What failed is asked anew. */
  const described = async (settings: OpenIdSettings) => {
    const nowMs = clock().getTime()
    if (known?.version !== settings.version || known.untilMs <= nowMs) {
      const asked = { version: settings.version, untilMs: nowMs + describedForMs, found: discover(settings) }
      known = asked
      const forget = () => (known = known === asked ? null : known)
      void asked.found.then(({ outcome }) => (outcome === 'found' ? undefined : forget()), forget)
    }
    return known.found
  }
  return {
    async addressFor(settings, { nonce, codeVerifier }, state) {
      const found = await described(settings)
      if (found.outcome === 'failed') return { outcome: 'unreachable', why: `${found.problem} ${found.said}` }
      const { configuration } = found
      const url = buildAuthorizationUrl(configuration, {
        ...{ redirect_uri: redirectUri, scope: scopeFor(settings), state, nonce },
        ...{ code_challenge: await calculatePKCECodeChallenge(codeVerifier), code_challenge_method: 'S256' },
        ...(settings.multifactorAcr === null ? {} : { acr_values: settings.multifactorAcr }),
        ...(configuration.serverMetadata().claims_parameter_supported === true ? { claims: wanted(settings) } : {}),
      })
      return { outcome: 'address', url: url.href }
    },

    async accountFor(settings, { nonce, codeVerifier }, answer) {
      const found = await described(settings)
      if (found.outcome === 'failed') return { outcome: 'unreachable', why: `${found.problem} ${found.said}` }
      const { configuration } = found
      const url = new URL(redirectUri)
      url.search = answer.toString()
      try {
        const tokens = await authorizationCodeGrant(configuration, url, {
          ...{ pkceCodeVerifier: codeVerifier, expectedNonce: nonce, idTokenExpected: true },
          expectedState: answer.get('state') ?? '',
        })
        const claims = tokens.claims()
        if (claims === undefined) return { outcome: 'wrong', why: 'no ID token' }
        const identity = { issuer: claims.iss, subject: claims.sub }
        const all = await withUserInfo(configuration, settings, claims, tokens.access_token)
        return { outcome: 'account', account: readAccount(settings, identity, all) }
      } catch (error) {
        return failureOf(error)
      }
    },
  }
}

function scopeFor({ claim }: OpenIdSettings): string {
  if (claim === 'sub') return 'openid'
  return claim === 'email' ? 'openid email' : 'openid profile'
}

/** OpenID Connect Core §5.5: what else would be left to the second call, or to the provider's taste. */
function wanted({ claim }: OpenIdSettings): string {
  const named = { [claim]: null, ...(claim === 'email' ? { email_verified: null } : {}) }
  return JSON.stringify({ id_token: { ...named, amr: null, acr: null } })
}

/** Core §5.4: a provider may leave the claims of a scope to its userinfo endpoint; `amr` and `acr` are the ID token's alone. */
async function withUserInfo(
  configuration: Configuration,
  { claim }: OpenIdSettings,
  claims: Claims & { readonly sub: string },
  accessToken: string,
): Promise<Claims> {
  const endpoint = configuration.serverMetadata().userinfo_endpoint
  const decides = claim === 'email' ? 'email_verified' : claim
  if (claims[decides] !== undefined || endpoint === undefined) return claims
  const info: Claims = await fetchUserInfo(configuration, accessToken, claims.sub)
  return { ...info, acr: claims['acr'], amr: claims['amr'] }
}

function failureOf(error: unknown): Exclude<AccountOutcome, { outcome: 'account' }> {
  const { name, code, cause, error: said } = error as Readonly<Record<string, unknown>>
  if (cause instanceof ProviderUnreachable) return { outcome: 'unreachable', why: cause.message }
  // What it says of itself is another's text: a short name of the protocol is all that is kept.
  const why = [name, code, said].filter((part) => typeof part === 'string' && /^[\w-]{1,60}$/.test(part)).join(' ')
  return { outcome: error instanceof AuthorizationResponseError ? 'refused' : 'wrong', why }
}
