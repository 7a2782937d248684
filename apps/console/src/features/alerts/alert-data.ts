/** Alerts, as the server has them, and their change. */
import { api, type AlertSettings } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const alertsQuery = queryOptions({
  queryKey: [queryRoots.alerts],
  queryFn: ({ signal }) => call(api.alerts.read, {}, { signal }),
  refetchInterval: 15_000,
})

export function useChangeAlerts() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: AlertSettings) => call(api.alerts.change, { body }),
    onSettled: () =>
      Promise.all(
        [queryRoots.alerts, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
      ),
  })
}
