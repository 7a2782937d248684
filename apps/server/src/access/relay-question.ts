/**
 * A question that the target asks by itself goes to the device under a State of ours, which remembers the server and its State. So
 * it is bound to client and user, is used once, expires and survives a restart like our own; and a State that is not in our table
 * is nobody's, for no device ever sees the target's. A conversation that never ends is ended here.
 */
import { usernameKey, type JournalRecord } from '@sallyport/store/engine'

import type { Context } from './context.ts'
import { tooLong } from './reply-size.ts'
import type { OpenChallenge } from './open-challenge.ts'
import type { PrimaryOutcome } from './primary-target.ts'
import type { Tools } from './tools.ts'
import { end, fact, reject, type Step } from './verdict.ts'

const challengeLifeMs = 300_000
/** EAP-TLS with long chains of certificates takes some thirty. */
const roundsAtMost = 64

export function relayQuestion(
  context: Context,
  outcome: Extract<PrimaryOutcome, { kind: 'challenge' }>,
  tools: Pick<Tools, 'challenges' | 'randomState'>,
): Step {
  const { request, nowMs, signInId, startedAtMs, round } = context
  const facts = [fact('server', outcome.server), ...outcome.facts]
  // EAP's rounds are between the device and the server; every other question needs a person who can be shown it.
  if (context.method !== 'eap' && !request.client.canBeChallenged)
    return reject('factor-needs-challenge', context, facts)
  if (round >= roundsAtMost) return reject('too-many-rounds', context, facts)
  const excess = tooLong(outcome.attributes, request, true)
  if (excess) return reject('reply-too-long', context, [...facts, excess])
  const challenge: OpenChallenge = {
    state: tools.randomState(),
    expiresAtMs: nowMs + challengeLifeMs,
    clientId: request.client.id,
    userId: '',
    usernameKey: usernameKey(context.username),
    signInId,
    startedAtMs,
    round,
    triesLeft: 1,
    held: null,
    passwordChange: null,
    groups: [],
    passwordMark: null,
    relay: outcome.relay,
    asks: { kind: 'oath' },
  }
  if (!tools.challenges.open(challenge)) return end({ kind: 'silence', reason: 'overloaded' }, context, facts)
  const { state, expiresAtMs } = challenge
  const stored = { state, expiresAtMs, body: JSON.stringify(challenge) }
  const records: JournalRecord[] = [...context.records, { kind: 'challenge-opened', challenge: stored }]
  const verdict = { kind: 'challenge', reason: 'target-challenge', state, ask: outcome.attributes } as const
  return end(verdict, { ...context, records }, facts)
}
