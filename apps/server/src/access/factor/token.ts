/** The OATH token as a factor: asks for its code, judges the answer, and uses a right one up; a wrong one counts towards the lock. */
import type { TraceFact } from '@sallyport/contract'
import type { Attribute } from '@sallyport/radius'
import type { EngineUser, JournalRecord } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import { withoutMschapProof } from '../mschap.ts'
import type { OpenChallenge } from '../open-challenge.ts'
import type { Tools } from '../tools.ts'
import { fact, proceed, reject, type Step } from '../verdict.ts'
import type { Prompt } from '../words.ts'
import { answeredCode } from './answered-code.ts'
import { challengeTries, openChallenge, type ChallengeTools } from './challenge.ts'
import { countWrong } from './failures.ts'
import { granted, grantFor } from './grant.ts'
import type { MatchedCode } from './oath.ts'

type Needs = ChallengeTools & Pick<Tools, 'users' | 'unsealToken' | 'company'>
type Again = 'code-requested' | 'wrong-code' | 'reused-code'

export function askToken(
  context: Context,
  user: EngineUser,
  tools: ChallengeTools,
  facts: readonly TraceFact[] = [],
): Step {
  return ask(context, user, challengeTries, 'enterCode', 'code-requested', tools, facts)
}

export function answerToken(context: Context, user: EngineUser, challenge: OpenChallenge, tools: Needs): Step {
  const { match, attributes } = answeredCode(context, user, tools.unsealToken)
  if (match.kind === 'right') return spendCode(withRenewed(context, attributes), user, match, tools)
  const reason = match.kind === 'used' ? 'reused-code' : 'wrong-code'
  const counted = countWrong(context, user, tools)
  if (counted.isLocked) return reject(reason, counted.context, [fact('locks', 'now')])
  const triesLeft = challenge.triesLeft - 1
  if (triesLeft === 0) return reject('too-many-wrong-codes', counted.context)
  const prompt = match.kind === 'used' ? 'codeUsed' : 'codeWrong'
  return ask(counted.context, user, triesLeft, prompt, reason, tools, [])
}

/** Success and keys of the exchange that was answered last, for that is the one which the person's computer has in mind. */
export function withRenewed(context: Context, attributes: readonly Attribute[] | undefined): Context {
  if (!attributes) return context
  return { ...context, acceptAttributes: [...withoutMschapProof(context.acceptAttributes), ...attributes] }
}

/** Uses the code up; somebody may have been quicker with the same one. */
export function spendCode(context: Context, user: EngineUser, match: MatchedCode, tools: Pick<Tools, 'users'>): Step {
  const facts = [fact('token', match.serialNumber)]
  const { tokenId, step, drift } = match
  if (!tools.users.spendStep(user, tokenId, step, drift)) return reject('reused-code', context, facts)
  const used: JournalRecord = { kind: 'oath-used', tokenId, step, drift, atMs: context.nowMs }
  return proceed(granted(context, user, grantFor(context, 'code'), [used], tools), facts)
}

function ask(
  context: Context,
  user: EngineUser,
  tries: number,
  prompt: Prompt,
  reason: Again,
  tools: ChallengeTools,
  facts: readonly TraceFact[],
): Step {
  const asked = [...facts, fact('asked', 'code of an OATH token')]
  return openChallenge(context, user, { asks: { kind: 'oath' }, prompt, reason, tries, facts: asked }, tools)
}
