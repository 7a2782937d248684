/** What the second factor is about to do, before it does it: to find out consumes nothing and asks nobody. */
import type { EngineUser } from '@sallyport/store/engine'

import type { Context } from './context.ts'
import { isLocked } from './factor/lockout.ts'
import { validTokens, type MatchedCode } from './factor/oath.ts'
import type { OpenChallenge } from './tools.ts'

type Refusal = 'factor-locked' | 'no-usable-factor' | 'code-missing' | 'factor-needs-challenge'

export type NextFactor =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  | { readonly kind: 'answered'; readonly user: EngineUser; readonly challenge: OpenChallenge }
  | { readonly kind: 'code-in-password'; readonly user: EngineUser; readonly match: MatchedCode }
  | { readonly kind: 'challenge'; readonly user: EngineUser }

export function nextFactor({
  user,
  codeInPassword,
  challenge,
  nowMs,
  method,
  request: { client },
}: Context): NextFactor {
  if (!user) return { kind: 'none' }
  if (isLocked(user, nowMs)) return { kind: 'refused', reason: 'factor-locked' }
  if (validTokens(user, nowMs).length === 0) return { kind: 'refused', reason: 'no-usable-factor' }
  if (challenge) return { kind: 'answered', user, challenge }
  if (codeInPassword?.kind === 'right' && ownsToken(user, codeInPassword.match)) {
    return { kind: 'code-in-password', user, match: codeInPassword.match }
  }
  // RFC 3579 §2.2: inside EAP only the EAP server can ask, and its conversation is over with its Accept.
  if (method === 'eap') return { kind: 'refused', reason: 'factor-needs-challenge' }
  if (client.factorMode === 'password-with-code' || !client.canBeChallenged) {
    return { kind: 'refused', reason: 'code-missing' }
  }
  return { kind: 'challenge', user }
}

function ownsToken(user: EngineUser, match: MatchedCode): boolean {
  return user.tokens.some((token) => token.id === match.tokenId)
}
