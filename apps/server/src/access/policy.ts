/**
 * Stage 7, policy: the only stage that accepts, and only what an earlier stage has granted. What the accept carries for the
 * device is decided here.
 */
import type { Context } from './context.ts'
import { tooLong } from './reply-size.ts'
import type { Tools } from './tools.ts'
import { end, fact, reject, type Step } from './verdict.ts'

export function policy(context: Context, tools: Pick<Tools, 'dryRun' | 'passwords' | 'replyRules'>): Step {
  const { granted, acceptAttributes, groups, passwordChange, request, nowMs } = context
  // A dry run ends before the second factor; should one ever come this far, nobody is let in by it.
  if (granted === null || tools.dryRun) return reject('internal-error', context)
  const { attributes, done } = tools.replyRules().apply(acceptAttributes, request, groups)
  const facts = done.map((what) => fact('reply-rule', what))
  const excess = tooLong(attributes, request)
  if (excess) return reject('reply-too-long', context, [...facts, excess])
  const accept = { kind: 'accept', reason: granted, attributes } as const
  if (passwordChange === null) return end(accept, context, facts)
  // In the same group as the event: who knows the old password alone changes nothing.
  tools.passwords.change(passwordChange, nowMs)
  const changed = { kind: 'password-changed', ...passwordChange, atMs: nowMs } as const
  return end(accept, { ...context, records: [...context.records, changed] }, [...facts, fact('password', 'changed')])
}
