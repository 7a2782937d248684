/**
 * Stage 7, policy: the only stage that accepts, and only what an earlier stage has granted. What the accept carries for the
 * device is decided here.
 */
import type { TraceFact } from '@sallyport/contract'

import { completeChange, isWithheld } from './complete-change.ts'
import type { Context } from './context.ts'
import { barredMeanwhile } from './standing/meanwhile.ts'
import { remember } from './standing/remembered.ts'
import { tooLong } from './reply-size.ts'
import type { KeptChange } from './primary-target.ts'
import type { Tools } from './tools.ts'
import { end, fact, reject, type Step } from './verdict.ts'

type Needs = Pick<Tools, 'dryRun' | 'passes' | 'passwords' | 'replyRules' | 'standing' | 'target' | 'users'>

export function policy(context: Context, tools: Needs): Step | Promise<Step> {
  // A dry run ends before the second factor; should one ever come this far, nobody is let in by it.
  if (context.granted === null || tools.dryRun) return reject('internal-error', context)
  const { passwordChange } = context
  if (passwordChange === null || !isWithheld(passwordChange)) return accept(context, passwordChange, tools, [])
  return completeChange(context, passwordChange, tools).then((step) =>
    'end' in step ? step : accept(step.next, null, tools, step.facts),
  )
}

function accept(context: Context, change: KeptChange | null, tools: Needs, before: readonly TraceFact[]): Step {
  const { granted, acceptAttributes, groups, request, nowMs } = context
  const { attributes, done } = tools.replyRules().apply(acceptAttributes, request, groups)
  const facts = [...before, ...done.map((what) => fact('reply-rule', what))]
  const excess = tooLong(attributes, request)
  if (granted === null) return reject('internal-error', context, facts)
  if (excess) return reject('reply-too-long', context, [...facts, excess])
  const barred = barredMeanwhile(context, tools)
  if (barred) return reject(barred, context, facts)
  const verdict = { kind: 'accept', reason: granted, attributes } as const
  if (change === null) {
    // A password that changes is another one from the next sign-in on: nothing is remembered with the one of today.
    const remembers = context.passwordChange === null ? remember(context, tools) : []
    if (remembers.length === 0) return end(verdict, context, facts)
    const kept = { ...context, records: [...context.records, ...remembers] }
    return end(verdict, kept, [...facts, fact('remembers', 'this second factor')])
  }
  // In the same group as the event: who knows the old password alone changes nothing.
  tools.passwords.change(change, nowMs)
  const changed = { kind: 'password-changed', ...change, atMs: nowMs } as const
  return end(verdict, { ...context, records: [...context.records, changed] }, [...facts, fact('password', 'changed')])
}
