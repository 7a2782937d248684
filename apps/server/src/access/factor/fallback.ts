/**
 * Who cannot use their second factor, in the portal alone: once the password is proven, nobody is asked by any factor, and what the
 * portal says of a recovery code or of answers counts here, towards the same lock as any other second factor.
 */
import type { SignInReason } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

import type { FallbackMeans, FallbackSaid } from '../../bus/portal-port.ts'
import type { Context } from '../context.ts'
import type { Tools } from '../tools.ts'
import { fact, proceed, reject, type Step } from '../verdict.ts'
import { openChallenge, type ChallengeTools } from './challenge.ts'
import { countWrong } from './failures.ts'
import { granted } from './grant.ts'

const reasons: Readonly<Record<FallbackMeans, { readonly right: SignInReason; readonly wrong: SignInReason }>> = {
  'recovery-code': { right: 'password-and-recovery-code', wrong: 'wrong-recovery-code' },
  'security-questions': { right: 'password-and-security-questions', wrong: 'wrong-security-answers' },
}

type Needs = ChallengeTools & Pick<Tools, 'users' | 'company'>

/** One answer to each proof of the password: who guesses pays for each guess with a whole sign-in. */
export function fallBackInPortal(context: Context, user: EngineUser, said: FallbackSaid, tools: Needs): Step {
  const { challenge, passwordProven } = context
  if (said.kind === 'wanted') {
    if (challenge || !passwordProven) return reject('challenge-unknown', context)
    const question = { asks: { kind: 'fallback' }, prompt: 'fallback', tries: 1, facts: [] } as const
    return openChallenge(context, user, { ...question, reason: 'fallback-requested' }, tools)
  }
  if (challenge?.asks.kind !== 'fallback') return reject('challenge-unknown', context)
  const { right, wrong } = reasons[said.means]
  if (said.right) return proceed(granted(context, user, right, [], tools))
  const counted = countWrong(context, user, tools)
  return reject(wrong, counted.context, counted.isLocked ? [fact('locks', 'now')] : [])
}
