/** The gateways, as the server has them, and their changes. */
import {
  api,
  type ChangeGatewayInput,
  type CreateGatewayInput,
  type GatewayView,
  type TestGatewayInput,
} from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

/** Their state is live: looked at every few seconds while it is on the screen. */
export const gatewaysQuery = queryOptions({
  queryKey: [queryRoots.gateways],
  queryFn: ({ signal }) => call(api.gateways.list, {}, { signal }),
  refetchInterval: 5_000,
})

function useOutOfDate() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [queryRoots.gateways, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
    )
}

export function useCreateGateway() {
  return useMutation({
    mutationFn: (body: CreateGatewayInput) => call(api.gateways.create, { body }),
    onSettled: useOutOfDate(),
  })
}

export function useChangeGateway() {
  return useMutation({
    mutationFn: ({ id, ...body }: ChangeGatewayInput & { id: string }) =>
      call(api.gateways.change, { params: { id }, body }),
    onSettled: useOutOfDate(),
  })
}

export function useMoveGateway() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, direction }: { id: string; direction: 'up' | 'down' }) =>
      call(api.gateways.move, { params: { id }, body: { direction } }),
    onSuccess: (list) => queryClient.setQueryData(gatewaysQuery.queryKey, list),
    onSettled: useOutOfDate(),
  })
}

export function useRemoveGateway() {
  return useMutation({
    mutationFn: ({ id, version }: Pick<GatewayView, 'id' | 'version'>) =>
      call(api.gateways.remove, { params: { id }, query: { version } }),
    onSettled: useOutOfDate(),
  })
}

/** Sends a real message. */
export function useTestGateway(id: string) {
  return useMutation({
    mutationFn: (body: TestGatewayInput) => call(api.gateways.test, { params: { id }, body }),
    onSettled: useOutOfDate(),
  })
}
