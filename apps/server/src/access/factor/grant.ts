/** What lets a person in: the second factor is proven, and what was counted against them is forgotten. */
import type { SignInReason } from '@sallyport/contract'
import type { EngineUser, JournalRecord } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import type { Tools } from '../tools.ts'

/** By what, and whether a password was proven beside it. */
export function grantFor({ request }: Context, by: 'code' | 'approval'): SignInReason {
  const alone = request.client.factorMode === 'second-factor-only'
  if (by === 'code') return alone ? 'code-alone' : 'password-and-code'
  return alone ? 'approval-alone' : 'password-and-approval'
}

/** @param consumed what has to be on disk together with the event */
export function granted(
  context: Context,
  user: EngineUser,
  reason: SignInReason,
  consumed: readonly JournalRecord[],
  tools: Pick<Tools, 'users'>,
): Context {
  const records = [...context.records, ...consumed]
  if ((tools.users.byId(user.id) ?? user).factorFailures.length > 0) {
    tools.users.setFailures(user, [], null)
    records.push({ kind: 'factor-failures', userId: user.id, failures: [], lockedUntilMs: null })
  }
  return { ...context, records, granted: reason }
}
