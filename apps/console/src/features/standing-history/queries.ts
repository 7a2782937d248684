/** Blocks and bypasses, as their reports have them. */
import { api } from '@sallyport/contract'
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { pageRows } from '../../lib/paged-rows.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import type { filterOf } from './search.ts'

type Filter = ReturnType<typeof filterOf>

const paging = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: { readonly nextCursor: string | null }) => page.nextCursor,
  placeholderData: keepPreviousData,
}

export function blocksQuery(filter: Filter, state: 'in-force' | 'all') {
  return infiniteQueryOptions({
    ...paging,
    // A change of a user's standing makes these out of date as well.
    queryKey: [queryRoots.users, 'blocks', state, filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        api.people.blocks,
        { query: { ...filter, state, limit: pageRows, cursor: pageParam ?? undefined } },
        { signal },
      ),
  })
}

export function bypassesQuery(filter: Filter) {
  return infiniteQueryOptions({
    ...paging,
    queryKey: [queryRoots.users, 'bypasses', filter],
    queryFn: ({ pageParam, signal }) =>
      call(api.people.bypasses, { query: { ...filter, limit: pageRows, cursor: pageParam ?? undefined } }, { signal }),
  })
}
