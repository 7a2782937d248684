/** Whoever was blocked, removed or disabled while they were being asked does not get in by what they were asked for. */
import type { SignInReason } from '@sallyport/contract'

import type { Context } from '../context.ts'
import type { Tools } from '../tools.ts'
import { isBlocked } from './blocked.ts'

/** Null: nothing stands against them that did not when the sign-in began. */
export function barredMeanwhile(
  { user, nowMs, granted }: Context,
  { users }: Pick<Tools, 'users'>,
): SignInReason | null {
  if (!user) return null
  const now = users.byId(user.id)
  if (!now) return 'unmatched-user'
  if (isBlocked(now, nowMs)) return 'user-blocked'
  return !now.enabled && granted !== 'password-only-factor-off' ? 'user-disabled' : null
}
