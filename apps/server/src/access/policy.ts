/**
 * Stage 7, policy: the only stage that accepts, and only what an earlier stage has granted. What the accept carries for the
 * device is decided here.
 */
import type { Context } from './context.ts'
import type { Tools } from './tools.ts'
import { end, reject, type Step } from './verdict.ts'

export function policy(context: Context, tools: Pick<Tools, 'dryRun'>): Step {
  // A dry run ends before the second factor; should one ever come this far, nobody is let in by it.
  if (context.granted === null || tools.dryRun) return reject('internal-error', context)
  return end({ kind: 'accept', reason: context.granted, attributes: context.acceptAttributes }, context)
}
