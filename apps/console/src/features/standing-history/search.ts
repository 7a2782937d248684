/** What Blocked and Bypassed keep in the address, and the filter that the server gets from it. */
import { z } from 'zod'
import { countGiven, givenOnly, rangeParams, timesOf } from '../../lib/reports/range.ts'
import { choiceParam, idParam, textParam } from '../../lib/search-params.ts'

export const historySearch = z.object({
  ...rangeParams,
  username: textParam,
  userId: idParam,
  /** Of blocks; absent: all there ever were. */
  state: choiceParam(['in-force']),
})
export type HistorySearch = z.infer<typeof historySearch>

/** @param nowMs since when a preset counts back, ms since the epoch */
export function filterOf(search: HistorySearch, nowMs: number) {
  const { username, userId } = search
  return givenOnly({ ...timesOf(search, nowMs), username, userId })
}

/** How many filters are set, the time aside. */
export function filterCount({ username, userId, state }: HistorySearch): number {
  return countGiven([username, userId, state])
}
