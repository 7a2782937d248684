/** Sign-ins, as the report has them. */
import { api, type SignInFilter } from '@sallyport/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../api.ts'
import { pageRows } from '../paged-rows.ts'
import { queryRoots } from '../query-keys.ts'

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
    // What is listed never changes; the newest ones come with “Refresh”.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })
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
