/** What the live view holds: the newest sign-ins, each as it stands now, and never more than a screen can use. */
import type { SignInRow } from '@sallyport/contract'

export const rowsKept = 200
/** A sign-in that still waits for its person may change for so long: devices give up after five minutes at the latest. */
const mayChangeMs = 300_000
/** What is asked for at the beginning. */
const firstMs = 3_600_000

/**
 * The newest first.
 * @param came all that fit the filter now and began from `since` on, the newest first: what is not among them fits it no more
 */
export function merged(known: readonly SignInRow[], came: readonly SignInRow[], since: string): readonly SignInRow[] {
  return [...came, ...known.filter(({ at }) => at < since)].slice(0, rowsKept)
}

/** Since when sign-ins are asked for again: the newest that is known, or the oldest that may still change. */
export function askSince(known: readonly SignInRow[], nowMs: number): string {
  const [newest] = known
  if (newest === undefined) return new Date(nowMs - firstMs).toISOString()
  const waiting = known.findLast(({ result, at }) => result === 'challenged' && nowMs - Date.parse(at) < mayChangeMs)
  // A row is written a moment after it began: those of the last seconds may come in any order.
  const settledMs = Date.parse(newest.at) - 10_000
  return new Date(waiting === undefined ? settledMs : Math.min(settledMs, Date.parse(waiting.at))).toISOString()
}

/** How many of the newest are not among those that are shown. */
export function countOfNew(shown: readonly SignInRow[], latest: readonly SignInRow[]): number {
  const ids = new Set(shown.map(({ id }) => id))
  return latest.filter(({ id }) => !ids.has(id)).length
}
