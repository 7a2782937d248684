/** OATH tokens, as the server has them. */
import { api, type TokenListQuery } from '@sallyport/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../api.ts'
import { pageRows } from '../paged-rows.ts'
import { queryRoots } from '../query-keys.ts'

export type TokenFilter = Partial<Pick<TokenListQuery, 'search' | 'assigned' | 'type'>>

export function tokenListQuery(filter: TokenFilter) {
  return infiniteQueryOptions({
    queryKey: [queryRoots.oathTokens, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(api.oathTokens.list, { query: { ...filter, limit: pageRows, cursor: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** The tokens of one user. */
export function userTokensQuery(userId: string) {
  return queryOptions({
    queryKey: [queryRoots.oathTokens, 'user', userId],
    queryFn: ({ signal }) => call(api.oathTokens.list, { query: { userId, limit: 200 } }, { signal }),
  })
}

/** The first few tokens that nobody has and whose serial numbers begin so. */
export function spareTokensQuery(search: string) {
  return queryOptions({
    queryKey: [queryRoots.oathTokens, 'spare', search],
    queryFn: ({ signal }) => call(api.oathTokens.list, { query: { search, assigned: 'false', limit: 20 } }, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** The code that a token of the sample site shows now; asked for again when the next one begins. */
export function codeNowQuery(id: string) {
  return queryOptions({
    queryKey: [queryRoots.oathTokens, 'code', id],
    queryFn: async ({ signal }) => {
      const { code, secondsLeft } = await call(api.oathTokens.showCode, { params: { id } }, { signal })
      // The code of a counter stays until it was used.
      return { code, endsAtMs: secondsLeft === null ? null : Date.now() + secondsLeft * 1000 }
    },
    staleTime: 0,
    gcTime: 0,
    refetchInterval: ({ state }) => {
      const endsAtMs = state.data?.endsAtMs ?? null
      return endsAtMs === null ? 5_000 : Math.max(500, endsAtMs - Date.now() + 100)
    },
  })
}
