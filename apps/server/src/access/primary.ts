/**
 * Stage 4, primary: the target checks the password. Passed over when a challenge of ours is answered, for it was checked
 * then. A target that cannot answer ends in silence, so that the device asks elsewhere, and is never a wrong password.
 */
import type { SignInReason } from '@sallyport/contract'

import type { Context } from './context.ts'
import type { PrimaryOutcome, Tools } from './tools.ts'
import { relayQuestion } from './relay-question.ts'
import { end, fact, proceed, reject, type Step } from './verdict.ts'

/** Time that is kept back from the device's budget for everything after the target, ms. */
const reserveMs = 1_000

type Refusal = Exclude<PrimaryOutcome['kind'], 'ok' | 'challenge' | 'down' | 'misconfigured' | 'overloaded'>

const reasons: Record<Refusal, SignInReason> = {
  'wrong-password': 'wrong-password',
  'unknown-user': 'unknown-to-directory',
  'ambiguous-user': 'ambiguous-in-directory',
  'password-expired': 'password-expired',
  'must-change': 'password-must-change',
  'account-locked': 'account-locked',
  'account-disabled': 'account-disabled',
  'no-password-kept': 'no-password-kept',
  'too-many-wrong-passwords': 'too-many-wrong-passwords',
  'password-change-refused': 'password-change-refused',
  'mschap-v1': 'mschap-v1-not-possible',
  'mschap-malformed': 'mschap-malformed',
  'no-nt-hash': 'no-nt-hash',
  rejected: 'rejected-by-target',
}

export async function primary(
  context: Context,
  tools: Pick<Tools, 'target' | 'codeGuesses' | 'challenges' | 'randomState' | 'replyRules'>,
): Promise<Step> {
  if (context.challenge) return proceed(context, [fact('skipped', 'checked before the challenge')])
  const target = tools.target()
  if (!target) return end({ kind: 'silence', reason: 'no-target' }, context)
  if (!target.methods.includes(context.method))
    return reject(target.refusals?.[context.method] ?? 'method-not-supported', context, [fact('target', target.kind)])
  // RFC 4513 §5.1.2: an empty password would be an unauthenticated bind, which succeeds.
  // An empty answer to the target's own question may mean something to it.
  if (context.method === 'pap' && context.password === '' && !context.relay) return reject('no-credentials', context)
  // Its question was asked by a target that was chosen then, and another one must not take the answer for a password.
  if (context.relay && target.kind !== 'radius') return reject('challenge-unknown', context)

  const deadlineMs = context.nowMs + context.request.client.deviceTimeoutSeconds * 1_000 - reserveMs
  const { username, method, password, request, relay } = context
  const outcome = await target.check({ username, method, password, request, relay, deadlineMs })
  switch (outcome.kind) {
    case 'ok': {
      const { names: directoryNames, attributes: acceptAttributes = [], passwordChange = null } = outcome
      const groups = tools.replyRules().groupsOf(outcome.groups ?? [])
      return proceed({ ...context, directoryNames, acceptAttributes, groups, passwordChange }, [
        fact('server', outcome.server),
        ...(outcome.facts ?? [fact('bound-as', outcome.detail)]),
        ...groups.map((group) => fact('in-group', group)),
        ...(passwordChange ? [fact('password-change', 'once the user is let in')] : []),
      ])
    }
    case 'challenge':
      return relayQuestion(context, outcome, tools)
    case 'down': {
      const facts = [...(outcome.facts ?? []), fact('detail', outcome.detail)]
      return end({ kind: outcome.reject === true ? 'reject' : 'silence', reason: 'target-down' }, context, facts)
    }
    case 'misconfigured':
      return end({ kind: 'silence', reason: 'target-misconfigured' }, context, [fact('detail', outcome.detail)])
    case 'overloaded':
      return end({ kind: 'silence', reason: 'overloaded' }, context, [fact('detail', outcome.detail)])
    default: {
      const { codeInPassword } = context
      if (outcome.kind === 'wrong-password' && codeInPassword?.kind === 'wrong') {
        tools.codeGuesses.count(codeInPassword.userId, context.nowMs)
      }
      const reused = outcome.kind === 'wrong-password' && codeInPassword?.kind === 'used'
      const facts = [fact('server', outcome.server), ...(outcome.facts ?? []), fact('detail', outcome.detail)]
      const reason = reused ? 'reused-code' : reasons[outcome.kind]
      const { attributes } = outcome
      return end({ kind: 'reject', reason, ...(attributes && { attributes }) }, context, facts)
    }
  }
}
