/** One's own account, as the server has it, and what a change of it makes out of date. */
import { api } from '@sallyport/contract'
import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const accountQuery = queryOptions({
  queryKey: [queryRoots.account],
  queryFn: ({ signal }) => call(api.account.read, {}, { signal }),
})

export const ownSessionsQuery = queryOptions({
  queryKey: [queryRoots.account, 'sessions'],
  queryFn: ({ signal }) => call(api.account.sessions, {}, { signal }),
})

export function useAccountChanged() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [accountQuery.queryKey, [queryRoots.session], [queryRoots.changes], [queryRoots.administrators]].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    )
}
