/** Retention, as the server has it, what would be removed, and its change. */
import { api, type RetentionDays, type RetentionView } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const retentionQuery = queryOptions({
  queryKey: [queryRoots.retention],
  queryFn: ({ signal }) => call(api.retention.read, {}, { signal }),
  // Often while there is something to watch; what a save begins is seen soon.
  refetchInterval: ({ state }) => (state.data !== undefined && isBusy(state.data) ? 1500 : 5_000),
})

export function isBusy({ isCounting, runs: [newest] }: RetentionView): boolean {
  return isCounting || (newest !== undefined && newest.finishedAt === null)
}

export function usePreviewRetention() {
  return useMutation({ mutationFn: (days: RetentionDays) => call(api.retention.preview, { body: { days } }) })
}

export function useChangeRetention() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { days: RetentionDays; version: number; previewId: string | null }) =>
      call(api.retention.change, { body }),
    onSettled: () =>
      Promise.all(
        [queryRoots.retention, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
      ),
  })
}
