/** Sums of the last hour. */
import type { SignInResult, StatusView } from '@sallyport/contract'

/** From the ground of each bar up. */
export const results = ['accepted', 'rejected', 'challenged', 'unanswered'] as const satisfies readonly SignInResult[]

export function totals(minutes: StatusView['lastHour']): Record<SignInResult, number> {
  const sums = { accepted: 0, rejected: 0, challenged: 0, unanswered: 0 }
  for (const minute of minutes) for (const result of results) sums[result] += minute[result]
  return sums
}

/** The minutes in which anything happened, newest first. */
export function busyMinutes(minutes: StatusView['lastHour']): StatusView['lastHour'] {
  return minutes.filter((minute) => results.some((result) => minute[result] > 0)).toReversed()
}
