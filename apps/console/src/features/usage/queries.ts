/** Usage, as the report has it. */
import { api } from '@sallyport/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { pageRows } from '../../lib/paged-rows.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import type { usageQueryOf, usersQueryOf } from './search.ts'

export function usageQuery(query: ReturnType<typeof usageQueryOf>) {
  return queryOptions({
    queryKey: [queryRoots.usage, 'over-time', query],
    queryFn: ({ signal }) => call(api.usage.read, { query }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })
}

export function userUsageQuery(query: ReturnType<typeof usersQueryOf>) {
  return infiniteQueryOptions({
    queryKey: [queryRoots.usage, 'by-user', query],
    queryFn: ({ pageParam, signal }) =>
      call(api.usage.users, { query: { ...query, limit: pageRows, cursor: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })
}
