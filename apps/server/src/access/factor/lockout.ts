/**
 * When wrong answers lock a user's second factor: so many in so many minutes, for so long, as Company Settings say. They are counted
 * over all clients and challenges of the user, so that guessing in parallel gains nothing.
 */
import type { CompanySettings } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

export type Lockout = CompanySettings['lockout']

const minuteMs = 60_000

/** The failures that count after one more, and the lock that follows from them, if any. */
export function countFailure(
  user: Pick<EngineUser, 'factorFailures'>,
  nowMs: number,
  { failures: atMost, withinMinutes, forMinutes }: Lockout,
): { readonly failures: readonly number[]; readonly lockedUntilMs: number | null } {
  const failures = [...user.factorFailures.filter((at) => at > nowMs - withinMinutes * minuteMs), nowMs]
  if (failures.length < atMost) return { failures, lockedUntilMs: null }
  return { failures: [], lockedUntilMs: nowMs + forMinutes * minuteMs }
}

export function isLocked(user: Pick<EngineUser, 'factorLockedUntil'>, nowMs: number): boolean {
  return user.factorLockedUntil !== null && user.factorLockedUntil > nowMs
}
