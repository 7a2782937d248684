/** The audit trail, as the server has it. */
import { api } from '@sallyport/contract'
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { pageRows } from '../../lib/paged-rows.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export function changesQuery(search: string | undefined) {
  return infiniteQueryOptions({
    queryKey: [queryRoots.changes, 'list', search],
    queryFn: ({ pageParam, signal }) =>
      call(
        api.administrators.audit,
        { query: { limit: pageRows, search, cursor: pageParam ?? undefined } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}
