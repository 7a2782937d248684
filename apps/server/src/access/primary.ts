/**
 * Stage 4, primary: the target checks the password. Passed over when a challenge of ours is answered, for it was checked
 * then. A target that cannot answer ends in silence, so that the device asks elsewhere, and is never a wrong password.
 */
import { none, type Context } from './context.ts'
import { relayQuestion } from './relay-question.ts'
import type { PrimaryOutcome } from './primary-target.ts'
import type { Tools } from './tools.ts'
import { endUnproven } from './unproven.ts'
import { end, fact, proceed, reject, type Step } from './verdict.ts'

/** Time that is kept back from the device's budget for everything after the target, ms. */
const reserveMs = 1_000

type Needs = Pick<Tools, 'target' | 'codeGuesses' | 'challenges' | 'randomState' | 'replyRules'>

export function primary(context: Context, tools: Needs): Step | Promise<Step> {
  if (context.challenge) return proceed(context, [fact('skipped', 'checked before the challenge')])
  if (context.request.client.factorMode === 'second-factor-only') {
    if (context.method === 'eap') return reject('method-not-supported', context)
    return proceed(context, [fact('skipped', 'the device has checked the password')])
  }
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
  const checked = target.check({ username, method, password, request, relay, deadlineMs })
  return checked.then((outcome) => settle(outcome, context, tools))
}

function settle(outcome: PrimaryOutcome, context: Context, tools: Needs): Step {
  switch (outcome.kind) {
    case 'ok': {
      const { names: directoryNames, attributes: acceptAttributes = none, passwordChange = null } = outcome
      const groups = tools.replyRules().groupsOf(outcome.groups ?? [])
      return proceed({ ...context, passwordProven: true, directoryNames, acceptAttributes, groups, passwordChange }, [
        fact('server', outcome.server),
        ...(outcome.facts ?? [fact('bound-as', outcome.detail)]),
        ...groups.map((group) => fact('in-group', group)),
        ...(passwordChange ? [fact('password-change', 'once the user is let in')] : []),
      ])
    }
    case 'challenge':
      return relayQuestion(context, outcome, tools)
    default: {
      const { codeInPassword } = context
      const isWrong = outcome.kind === 'wrong-password'
      if (isWrong && codeInPassword?.kind === 'wrong') tools.codeGuesses.count(codeInPassword.userId, context.nowMs)
      const reused = isWrong && codeInPassword?.kind === 'used'
      return endUnproven(outcome, context, reused ? 'reused-code' : undefined)
    }
  }
}
