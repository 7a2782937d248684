/** What the second factor is about to do, before it does it: to find out consumes nothing and asks nobody. */
import type { SignInReason } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

import type { FallbackSaid } from '../bus/portal-port.ts'
import type { Context } from './context.ts'
import { chooseFactor, refusalOf, type Skip, type Way } from './factor/choose.ts'
import { isLocked } from './factor/lockout.ts'
import type { MatchedCode } from './factor/oath.ts'
import { selectedBy } from './factor/typed-selection.ts'
import type { AskedPerson } from './pending.ts'
import type { OpenChallenge } from './open-challenge.ts'
import type { Tools } from './tools.ts'

export type NextFactor =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly reason: SignInReason; readonly skipped: readonly Skip[] }
  /** The portal says that they cannot use their second factor, or what they gave in its place. */
  | { readonly kind: 'fallback'; readonly user: EngineUser; readonly said: FallbackSaid }
  | { readonly kind: 'answered'; readonly user: EngineUser; readonly challenge: OpenChallenge }
  | { readonly kind: 'code-in-password'; readonly user: EngineUser; readonly match: MatchedCode }
  /** What was typed in the place of a password is a code, and not a right one. */
  | { readonly kind: 'wrong-code'; readonly user: EngineUser; readonly reason: 'wrong-code' | 'reused-code' }
  /** The device asks again for what somebody is being asked already. */
  | { readonly kind: 'join'; readonly user: EngineUser; readonly asked: AskedPerson }
  | { readonly kind: 'ask'; readonly user: EngineUser; readonly way: Way; readonly skipped: readonly Skip[] }

export type FactorTools = Pick<Tools, 'company' | 'reach' | 'pending' | 'fallback'>

export function nextFactor(context: Context, tools: FactorTools): NextFactor {
  const { user, granted, codeInPassword, challenge, nowMs, request } = context
  const { client } = request
  // The user stage may have let somebody in already.
  if (!user || granted !== null) return { kind: 'none' }
  if (isLocked(user, nowMs)) return { kind: 'refused', reason: 'factor-locked', skipped: [] }
  if (tools.fallback) return { kind: 'fallback', user, said: tools.fallback }
  const switched = challenge && canSwitch(challenge) && context.method === 'pap' ? selectedBy(context.typed) : null
  if (challenge && !switched) return { kind: 'answered', user, challenge }
  const right = codeInPassword?.kind === 'right' ? codeInPassword.match : undefined
  if (right && ownsToken(user, right)) return { kind: 'code-in-password', user, match: right }
  if (codeInPassword && codeInPassword.kind !== 'right' && client.factorMode === 'second-factor-only') {
    return { kind: 'wrong-code', user, reason: codeInPassword.kind === 'used' ? 'reused-code' : 'wrong-code' }
  }
  const asked = challenge ? undefined : tools.pending.joinable(user.id, client.id, context.joinKey)
  if (asked) return { kind: 'join', user, asked }
  const { method } = context
  const selected = switched ?? context.selected
  const [company, reach] = [tools.company(), tools.reach()]
  const { way, skipped } = chooseFactor({ user, company, client, method, selected, reach, nowMs })
  if (way) return { kind: 'ask', user, way, skipped }
  return { kind: 'refused', reason: refusalOf(skipped), skipped }
}

/** Where a code is asked for, the name of another method may be typed in its place. */
function canSwitch({ asks }: OpenChallenge): boolean {
  return asks.kind === 'oath' || asks.kind === 'sent-code'
}

function ownsToken(user: EngineUser, match: MatchedCode): boolean {
  return user.tokens.some((token) => token.id === match.tokenId)
}
