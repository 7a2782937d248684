/** What the report of VPN sessions keeps in the address, and the filter that the server gets from it. */
import { vpnSessionState, type VpnSessionFilter } from '@sallyport/contract'
import { z } from 'zod'
import { countGiven, givenOnly, rangeParams, timesOf } from '../../lib/reports/range.ts'
import { choiceParam, idParam, textParam } from '../../lib/search-params.ts'

export const vpnSessionsSearch = z.object({
  /** Absent: who is connected now. */
  view: choiceParam(['all']),
  /** Range and state count in the view of all. */
  ...rangeParams,
  state: choiceParam(vpnSessionState.options),
  username: textParam,
  address: textParam,
  clientId: idParam,
  userId: idParam,
})
export type VpnSessionsSearch = z.infer<typeof vpnSessionsSearch>

/**
 * The filter for the server.
 * @param nowMs since when a preset counts back, ms since the epoch
 */
export function filterOf(search: VpnSessionsSearch, nowMs: number): VpnSessionFilter {
  const { view, state, username, address, clientId, userId } = search
  const of = { username, address, clientId, userId }
  if (view === undefined) return givenOnly({ state: 'active', ...of })
  return givenOnly({ ...timesOf(search, nowMs), state, ...of })
}

/** How many filters are set, the time aside. */
export function filterCount({ view, state, username, address, clientId, userId }: VpnSessionsSearch): number {
  return countGiven([username, address, clientId, userId, view === undefined ? undefined : state])
}
