/** The settings of built-in users, as the server has them, and their change. */
import { api, type BuiltInInput } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const builtInQuery = queryOptions({
  queryKey: [queryRoots.radius, 'built-in'],
  queryFn: ({ signal }) => call(api.builtIn.read, {}, { signal }),
})

export function useChangeBuiltIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: BuiltInInput) => call(api.builtIn.change, { body }),
    onSuccess: (saved) => queryClient.setQueryData(builtInQuery.queryKey, saved),
    onSettled: () =>
      Promise.all(
        [queryRoots.radius, queryRoots.users, queryRoots.changes].map((root) =>
          queryClient.invalidateQueries({ queryKey: [root] }),
        ),
      ),
  })
}
