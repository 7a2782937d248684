/** What the report of usage keeps in the address, and what the server gets from it. */
import { endedResult, factorOrNone, usageBy, usageWho } from '@sallyport/contract'
import { z } from 'zod'
import { countGiven, givenOnly, rangeParams, timesOf } from '../../lib/reports/range.ts'
import { choiceParam, idParam, textParam } from '../../lib/search-params.ts'

export const usageTabs = ['result', 'user', 'application', 'method'] as const

export const usageSearch = z.object({
  ...rangeParams,
  /** Absent: by result. */
  by: choiceParam(usageTabs),
  clientId: idParam,
  factor: choiceParam(factorOrNone.options),
  result: choiceParam(endedResult.options),
  userId: idParam,
  /** Of the list by user: the beginning of the name, and who is in it. */
  username: textParam,
  who: choiceParam(usageWho.options),
})
export type UsageSearch = z.infer<typeof usageSearch>

/**
 * The query of the figures over time.
 * @param nowMs since when a preset counts back, ms since the epoch
 */
export function usageQueryOf(search: UsageSearch, nowMs: number) {
  const { clientId, factor, result, userId } = search
  const by = usageBy.options.find((known) => known === search.by) ?? 'result'
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return givenOnly({ ...timesOf(search, nowMs), zone, by, clientId, factor, result, userId })
}

/** The query of the list by user. */
export function usersQueryOf(search: UsageSearch, nowMs: number) {
  const { clientId, factor, result, username, who } = search
  return givenOnly({ ...timesOf(search, nowMs), clientId, factor, result, username, who })
}

/** How many filters are set, the time aside. */
export function filterCount({ clientId, factor, result, userId, username, who, by }: UsageSearch): number {
  return countGiven([clientId, factor, result, ...(by === 'user' ? [username, who] : [userId])])
}
