/** Sign-ins, as the report has them. */
import { api, type SignInFilter, type SignInRow } from '@sallyport/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../api.ts'
import { pageRows } from '../paged-rows.ts'
import { queryRoots } from '../query-keys.ts'

const longestTimeoutMs = 300_000

type Waiting = Pick<SignInRow, 'result' | 'at'>

export function signInListQuery(filter: SignInFilter) {
  return infiniteQueryOptions({
    queryKey: [queryRoots.signIns, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        api.reports.listSignIns,
        { query: { ...filter, limit: pageRows, cursor: pageParam ?? undefined } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // What has ended never changes; the newest ones come with “Refresh”, or while somebody listed still waits for a code.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.length === 1 && waits(data.pages, Date.now()) ? 2_000 : false,
  })
}

/** Whether one of these may still be answered: devices give up after five minutes at the latest. */
export function waits(pages: readonly { readonly rows: readonly Waiting[] }[], nowMs: number): boolean {
  return pages.some(({ rows }) =>
    rows.some(({ result, at }) => result === 'challenged' && nowMs - Date.parse(at) < longestTimeoutMs),
  )
}

/** The newest sign-ins of one user. */
export function userSignInsQuery(userId: string, limit: number) {
  return queryOptions({
    queryKey: [queryRoots.signIns, 'user', userId, limit],
    queryFn: ({ signal }) => call(api.reports.listSignIns, { query: { userId, limit } }, { signal }),
  })
}

/** One sign-in with its trace; one that still waits for a code is looked at again. */
export function signInQuery(id: string) {
  return queryOptions({
    queryKey: [queryRoots.signIns, 'one', id],
    queryFn: ({ signal }) => call(api.reports.readSignIn, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.result === 'challenged' ? 3_000 : false),
  })
}
