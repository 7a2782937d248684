/** Users, as the server has them. */
import { api, type UserListQuery } from '@sallyport/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../api.ts'
import { pageRows } from '../paged-rows.ts'
import { queryRoots } from '../query-keys.ts'

export type UserFilter = Partial<
  Pick<UserListQuery, 'search' | 'enabled' | 'method' | 'standing' | 'sort' | 'direction'>
>

export function userListQuery(filter: UserFilter) {
  return infiniteQueryOptions({
    queryKey: [queryRoots.users, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(api.users.list, { query: { ...filter, limit: pageRows, cursor: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

export function userQuery(id: string) {
  return queryOptions({
    queryKey: [queryRoots.users, 'one', id],
    queryFn: ({ signal }) => call(api.users.read, { params: { id } }, { signal }),
  })
}

/** The first few users whose names begin so, for a field that chooses one. */
export function userChoicesQuery(search: string) {
  return queryOptions({
    queryKey: [queryRoots.users, 'choices', search],
    queryFn: ({ signal }) => call(api.users.list, { query: { search, limit: 20 } }, { signal }),
    placeholderData: keepPreviousData,
  })
}
