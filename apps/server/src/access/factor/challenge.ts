/** A challenge of ours: the sign-in as it stands, put aside under a State until its answer comes (RFC 2865 §5.24). */
import type { SignInReason, TraceFact } from '@sallyport/contract'
import { usernameKey } from '@sallyport/store/engine'
import type { EngineUser, JournalRecord } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import { hold } from '../held-attributes.ts'
import type { Asks, OpenChallenge } from '../open-challenge.ts'
import type { Tools } from '../tools.ts'
import { end, fact, type Step } from '../verdict.ts'
import { promptText, type Prompt } from '../words.ts'

/** RFC 2865 §5.24 leaves these to us. */
export const challengeLifeMs = 300_000
export const challengeTries = 3

export interface Question {
  readonly asks: Asks
  /** What the device shows, and the number in it. */
  readonly prompt: Prompt
  readonly number?: string
  readonly reason: SignInReason
  /** Answers that may be given. */
  readonly tries: number
  readonly facts: readonly TraceFact[]
}

export type ChallengeTools = Pick<Tools, 'challenges' | 'randomState' | 'company'>

export function openChallenge(context: Context, user: EngineUser, question: Question, tools: ChallengeTools): Step {
  const { asks, prompt, number, reason, tries, facts } = question
  const challenge: OpenChallenge = {
    state: tools.randomState(),
    expiresAtMs: context.nowMs + challengeLifeMs,
    clientId: context.request.client.id,
    userId: user.id,
    usernameKey: usernameKey(context.username),
    signInId: context.signInId,
    startedAtMs: context.startedAtMs,
    round: context.round,
    triesLeft: tries,
    held: hold(context.acceptAttributes, context.request),
    passwordChange: context.passwordChange,
    groups: context.groups,
    passwordMark: context.passwordMark,
    relay: null,
    asks,
  }
  if (!tools.challenges.open(challenge)) return end({ kind: 'silence', reason: 'overloaded' }, context)
  const { state, expiresAtMs } = challenge
  const stored = { state, expiresAtMs, body: JSON.stringify(challenge) }
  const records: JournalRecord[] = [...context.records, { kind: 'challenge-opened', challenge: stored }]
  const ask = promptText(prompt, user.language || tools.company().language, number)
  return end({ kind: 'challenge', reason, state, ask }, { ...context, records }, [
    ...facts,
    fact('tries-left', String(tries)),
  ])
}
