/** The receivers, as the server has them, and their changes. */
import {
  api,
  type ChangeLogReceiverInput,
  type CreateLogReceiverInput,
  type LogReceiverView,
} from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

/** Their progress is live: looked at every few seconds while it is on the screen. */
export const logReceiversQuery = queryOptions({
  queryKey: [queryRoots.logReceivers],
  queryFn: ({ signal }) => call(api.logReceivers.list, {}, { signal }),
  refetchInterval: 3_000,
})

function useOutOfDate() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [queryRoots.logReceivers, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
    )
}

export function useCreateLogReceiver() {
  return useMutation({
    mutationFn: (body: CreateLogReceiverInput) => call(api.logReceivers.create, { body }),
    onSettled: useOutOfDate(),
  })
}

export function useChangeLogReceiver() {
  return useMutation({
    mutationFn: ({ id, ...body }: ChangeLogReceiverInput & { id: string }) =>
      call(api.logReceivers.change, { params: { id }, body }),
    onSettled: useOutOfDate(),
  })
}

export function useRemoveLogReceiver() {
  return useMutation({
    mutationFn: ({ id, version }: Pick<LogReceiverView, 'id' | 'version'>) =>
      call(api.logReceivers.remove, { params: { id }, query: { version } }),
    onSettled: useOutOfDate(),
  })
}

/** Sends a real message. */
export function useTestLogReceiver(id: string) {
  return useMutation({
    mutationFn: () => call(api.logReceivers.test, { params: { id } }),
    onSettled: useOutOfDate(),
  })
}
