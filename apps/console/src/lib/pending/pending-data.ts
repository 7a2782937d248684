/** Who is being asked for a second factor at this moment, read anew each second while it is looked at. */
import { api, type PendingView } from '@sallyport/contract'
import { notifyDone, notifyFailed } from '@sallyport/ui'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api.ts'
import { problemText } from '../problem-text.ts'
import { queryRoots } from '../query-keys.ts'
import { t } from '../words.ts'
import './page-words.ts'

const everyMs = 1_000

export const pendingQuery = queryOptions({
  queryKey: [queryRoots.pending],
  queryFn: ({ signal }) => call(api.pending.list, {}, { signal }),
  refetchInterval: everyMs,
})

export function useCancelPending({ id, user }: PendingView) {
  const queryClient = useQueryClient()
  const name = user.username
  return useMutation({
    mutationFn: () => call(api.pending.cancel, { params: { id } }),
    onSuccess: () => notifyDone(t('pending.cancelled', { name })),
    onError: (error) => notifyFailed(t('pending.notCancelled', { name }), problemText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: pendingQuery.queryKey }),
  })
}
