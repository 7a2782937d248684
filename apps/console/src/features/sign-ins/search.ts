/** What the report of sign-ins keeps in the address, and the filter that the server gets from it. */
import { factorOrNone, signInReason, signInResult, type SignInFilter } from '@sallyport/contract'
import { z } from 'zod'
import { countGiven, givenOnly, rangeParams, timesOf } from '../../lib/reports/range.ts'
import { choiceParam, idParam, textParam } from '../../lib/search-params.ts'

export const signInsSearch = z.object({
  ...rangeParams,
  username: textParam,
  result: choiceParam(signInResult.options),
  reason: choiceParam(signInReason.options),
  factor: choiceParam(factorOrNone.options),
  clientId: idParam,
  userId: idParam,
})
export type SignInsSearch = z.infer<typeof signInsSearch>

/** What the live view keeps in the address. */
export const liveSearch = signInsSearch.pick({ username: true, result: true, clientId: true })
export type LiveSearch = z.infer<typeof liveSearch>

/**
 * The filter for the server.
 * @param nowMs since when a preset counts back, ms since the epoch
 */
export function filterOf(search: SignInsSearch, nowMs: number): SignInFilter {
  const { username, result, reason, factor, clientId, userId } = search
  return givenOnly({ ...timesOf(search, nowMs), username, result, reason, factor, clientId, userId })
}

/** How many filters are set, the time aside. */
export function filterCount({ username, result, reason, factor, clientId, userId }: SignInsSearch): number {
  return countGiven([username, result, reason, factor, clientId, userId])
}
