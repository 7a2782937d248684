/**
 * Stage 7, policy: the only stage that accepts, and only what an earlier stage has granted. What the accept carries for the
 * device is decided here.
 */
import type { Context } from './context.ts'
import { end, reject, type Step } from './verdict.ts'

export function policy(context: Context): Step {
  if (context.granted === null) return reject('internal-error', context)
  return end({ kind: 'accept', reason: context.granted, attributes: context.acceptAttributes }, context)
}
