/** Sums of the last hour. */
import type { SignInResult, StatusView } from '@sallyport/contract'
import { resultText } from '../../lib/sign-ins/sign-in-words.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

/** What is counted: in a sign-in's first round, “waiting for a code” is an answer like others, and most go on from there. */
export function countedText(result: SignInResult): string {
  return result === 'challenged' ? t('status.lastHour.challenged') : resultText(result)
}

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
