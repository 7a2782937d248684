/** What a provider says of an account, and what of it counts here. */
import { administratorName } from '@sallyport/contract'
import type { OpenIdSettings, ProviderIdentity } from '@sallyport/store'

export type Claims = Readonly<Record<string, unknown>>

export interface ProviderAccount {
  readonly identity: ProviderIdentity
  /** The user name that the chosen claim says; null: it says none that counts. */
  readonly username: string | null
  /** That the provider asked for two factors, and is trusted in it. */
  readonly isMultifactor: boolean
}

/** RFC 8176 §2, and values of `acr` that mean two factors wherever they are used: OpenID's EAP, PAPE's, REFEDS'. */
const multifactorAmr = 'mfa'
const multifactorAcrs: readonly string[] = [
  ...['phr', 'phrh', 'http://schemas.openid.net/pape/policies/2007/06/multi-factor'],
  'https://refeds.org/profile/mfa',
]

export function readAccount(
  settings: Pick<OpenIdSettings, 'claim' | 'trustSecondFactor' | 'multifactorAcr'>,
  identity: ProviderIdentity,
  claims: Claims,
): ProviderAccount {
  const { acr, amr } = claims
  const saysTwo =
    (Array.isArray(amr) && amr.includes(multifactorAmr)) ||
    (typeof acr === 'string' && (multifactorAcrs.includes(acr) || acr === settings.multifactorAcr))
  return {
    identity,
    username: usernameIn(claims, settings.claim),
    isMultifactor: settings.trustSecondFactor && saysTwo,
  }
}

/**
 * Names are compared as they are everywhere (`usernameKey`), which forgives look-alikes so that nobody slips past; here that would
 * let in whoever calls themselves “ådmin” at the provider. So the claim has to be spelled as a user name may be, in ASCII.
 */
function usernameIn(claims: Claims, claim: OpenIdSettings['claim']): string | null {
  const value = claims[claim]
  if (typeof value !== 'string' || value !== value.trim() || !administratorName.safeParse(value).success) return null
  // Anybody may write somebody else's address into an account of theirs.
  return claim === 'email' && claims['email_verified'] !== true ? null : value
}
