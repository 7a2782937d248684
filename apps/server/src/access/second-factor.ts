/**
 * Stage 6, second factor: the code in the answer to a challenge, the code that came with the password, or a challenge that
 * asks for one. A right code is used up here and now; a wrong one counts towards the user's lock. A dry run ends here.
 */
import type { Attribute } from '@sallyport/radius'
import { usernameKey } from '@sallyport/store/engine'
import type { EngineUser, JournalRecord } from '@sallyport/store/engine'

import type { Context } from './context.ts'
import { stopBefore } from './dry-run.ts'
import { countFailure, isLocked } from './factor/lockout.ts'
import { answeredCode } from './factor/answered-code.ts'
import type { MatchedCode } from './factor/oath.ts'
import { withoutMschapProof } from './mschap.ts'
import { hold } from './held-attributes.ts'
import { nextFactor } from './next-factor.ts'
import type { OpenChallenge, Tools } from './tools.ts'
import { end, fact, proceed, reject, type Step } from './verdict.ts'
import { prompts } from './words.ts'

type Needs = Pick<Tools, 'challenges' | 'users' | 'unsealToken' | 'randomState' | 'dryRun'>

/** RFC 2865 §5.24 leaves these to us. */
const challengeLifeMs = 300_000
const challengeTries = 3

export function secondFactor(context: Context, tools: Needs): Step {
  const next = nextFactor(context)
  const hasFactor = next.kind !== 'none' && !(next.kind === 'refused' && next.reason === 'no-usable-factor')
  const known: Context = hasFactor ? { ...context, factor: 'oath' } : context
  if (tools.dryRun) return stopBefore(next, known)
  switch (next.kind) {
    case 'none':
      return proceed(known, [fact('skipped', 'no user of ours')])
    case 'refused':
      return reject(next.reason, known)
    case 'answered':
      return answer(known, next.user, next.challenge, tools)
    case 'code-in-password':
      return spend(known, next.user, next.match, tools)
    case 'challenge':
      return ask(known, next.user, challengeTries, prompts.enterCode, 'code-requested', tools)
  }
}

function answer(context: Context, user: EngineUser, challenge: OpenChallenge, tools: Needs): Step {
  const { match, attributes } = answeredCode(context, user, tools.unsealToken)
  if (match.kind === 'right') {
    return spend(
      attributes ? { ...context, acceptAttributes: renewed(context, attributes) } : context,
      user,
      match,
      tools,
    )
  }
  const reason = match.kind === 'used' ? 'reused-code' : 'wrong-code'
  const counted = fail(context, user, tools)
  if (isLocked(tools.users.byId(user.id) ?? user, context.nowMs)) return reject(reason, counted, [fact('locks', 'now')])
  const triesLeft = challenge.triesLeft - 1
  if (triesLeft === 0) return reject('too-many-wrong-codes', counted)
  return ask(counted, user, triesLeft, match.kind === 'used' ? prompts.codeUsed : prompts.codeWrong, reason, tools)
}

/** Success and keys of the exchange that was answered last, for that is the one which the person's computer has in mind. */
function renewed({ acceptAttributes }: Context, attributes: readonly Attribute[]): readonly Attribute[] {
  return [...withoutMschapProof(acceptAttributes), ...attributes]
}

/** Uses the code up; somebody may have been quicker with the same one. */
function spend(context: Context, user: EngineUser, match: MatchedCode, tools: Needs): Step {
  const facts = [fact('token', match.serialNumber)]
  const { tokenId, step, drift } = match
  if (!tools.users.spendStep(user, tokenId, step, drift)) return reject('reused-code', context, facts)
  const records: JournalRecord[] = [
    ...context.records,
    { kind: 'oath-used', tokenId, step, drift, atMs: context.nowMs },
  ]
  if (user.factorFailures.length > 0) {
    tools.users.setFailures(user, [], null)
    records.push({ kind: 'factor-failures', userId: user.id, failures: [], lockedUntilMs: null })
  }
  return proceed({ ...context, records, granted: 'password-and-code' }, facts)
}

function fail(context: Context, user: EngineUser, tools: Needs): Context {
  const { failures, lockedUntilMs } = countFailure(user, context.nowMs)
  tools.users.setFailures(user, failures, lockedUntilMs)
  const record: JournalRecord = { kind: 'factor-failures', userId: user.id, failures, lockedUntilMs }
  return { ...context, records: [...context.records, record] }
}

function ask(
  context: Context,
  user: EngineUser,
  triesLeft: number,
  prompt: string,
  reason: 'code-requested' | 'wrong-code' | 'reused-code',
  tools: Needs,
): Step {
  const challenge: OpenChallenge = {
    state: tools.randomState(),
    expiresAtMs: context.nowMs + challengeLifeMs,
    clientId: context.request.client.id,
    userId: user.id,
    usernameKey: usernameKey(context.username),
    signInId: context.signInId,
    startedAtMs: context.startedAtMs,
    round: context.round,
    triesLeft,
    held: hold(context.acceptAttributes, context.request),
    passwordChange: context.passwordChange,
    groups: context.groups,
    relay: null,
  }
  if (!tools.challenges.open(challenge)) return end({ kind: 'silence', reason: 'overloaded' }, context)
  const { state, expiresAtMs } = challenge
  const stored = { state, expiresAtMs, body: JSON.stringify(challenge) }
  const records: JournalRecord[] = [...context.records, { kind: 'challenge-opened', challenge: stored }]
  return end({ kind: 'challenge', reason, state, ask: prompt }, { ...context, records }, [
    fact('asked', 'code of an OATH token'),
    fact('tries-left', String(triesLeft)),
  ])
}
