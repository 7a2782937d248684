/** VPN sessions, as the report has them. */
import { api, type VpnSessionFilter } from '@sallyport/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../api.ts'
import { pageRows } from '../paged-rows.ts'
import { queryRoots } from '../query-keys.ts'

const refreshMs = 5_000

/** @param live whether the list keeps itself current while its first page is all that was loaded */
export function vpnSessionListQuery(filter: VpnSessionFilter, live: boolean) {
  return infiniteQueryOptions({
    queryKey: [queryRoots.vpnSessions, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(api.vpnSessions.list, { query: { ...filter, limit: pageRows, cursor: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (live && data?.pages.length === 1 ? refreshMs : false),
  })
}

/** One session; one that goes on is looked at again. */
export function vpnSessionQuery(id: string) {
  return queryOptions({
    queryKey: [queryRoots.vpnSessions, 'one', id],
    queryFn: ({ signal }) => call(api.vpnSessions.read, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : refreshMs),
  })
}
