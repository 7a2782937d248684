/** What waits to be forwarded, as the server has it, and giving it up. */
import { api } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

/** Live, like the state of the servers above it. */
export const accountingForwardingQuery = queryOptions({
  queryKey: [queryRoots.radius, 'accounting-forwarding'],
  queryFn: ({ signal }) => call(api.accountingForwarding.read, {}, { signal }),
  refetchInterval: 2_000,
})

export function useDiscardAccounting() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => call(api.accountingForwarding.discard, {}),
    onSuccess: (view) => queryClient.setQueryData(accountingForwardingQuery.queryKey, view),
    onSettled: () =>
      Promise.all(
        [queryRoots.status, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
      ),
  })
}
