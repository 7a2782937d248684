/**
 * When wrong codes lock a user's second factor: five in fifteen minutes, for fifteen minutes. They are counted over all
 * clients and challenges of the user, so that guessing in parallel gains nothing.
 */
import type { EngineUser } from '@sallyport/store/engine'

export const lockout = { failures: 5, withinMs: 15 * 60_000, forMs: 15 * 60_000 } as const

/** The failures that count after one more, and the lock that follows from them, if any. */
export function countFailure(
  user: Pick<EngineUser, 'factorFailures'>,
  nowMs: number,
): { readonly failures: readonly number[]; readonly lockedUntilMs: number | null } {
  const failures = [...user.factorFailures.filter((at) => at > nowMs - lockout.withinMs), nowMs]
  if (failures.length < lockout.failures) return { failures, lockedUntilMs: null }
  return { failures: [], lockedUntilMs: nowMs + lockout.forMs }
}

export function isLocked(user: Pick<EngineUser, 'factorLockedUntil'>, nowMs: number): boolean {
  return user.factorLockedUntil !== null && user.factorLockedUntil > nowMs
}
