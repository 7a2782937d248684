/** The servers of the target *RADIUS server(s)*, as the server has them, and their changes. */
import {
  api,
  type ChangeRadiusServerInput,
  type CreateRadiusServerInput,
  type RadiusServerView,
  type RadiusTargetInput,
  type TestRadiusServerInput,
} from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

/** Their state is live: looked at every two seconds while it is on the screen. */
export const radiusServersQuery = queryOptions({
  queryKey: [queryRoots.radius, 'servers'],
  queryFn: ({ signal }) => call(api.radiusServers.list, {}, { signal }),
  refetchInterval: 2_000,
})

export const radiusTargetQuery = queryOptions({
  queryKey: [queryRoots.radius, 'servers-target'],
  queryFn: ({ signal }) => call(api.radiusServers.readTarget, {}, { signal }),
})

export function radiusServerName({ host, authenticationPort }: RadiusServerView): string {
  return `${host.includes(':') ? `[${host}]` : host}:${authenticationPort}`
}

function useOutOfDate() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [queryRoots.radius, queryRoots.status, queryRoots.changes].map((root) =>
        queryClient.invalidateQueries({ queryKey: [root] }),
      ),
    )
}

export function useCreateServer() {
  return useMutation({
    mutationFn: (body: CreateRadiusServerInput) => call(api.radiusServers.create, { body }),
    onSettled: useOutOfDate(),
  })
}

export function useChangeServer() {
  return useMutation({
    mutationFn: ({ id, ...body }: ChangeRadiusServerInput & { id: string }) =>
      call(api.radiusServers.change, { params: { id }, body }),
    onSettled: useOutOfDate(),
  })
}

export function useMoveServer() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, direction }: { id: string; direction: 'up' | 'down' }) =>
      call(api.radiusServers.move, { params: { id }, body: { direction } }),
    onSuccess: (list) => queryClient.setQueryData(radiusServersQuery.queryKey, list),
    onSettled: useOutOfDate(),
  })
}

export function useRemoveServer() {
  return useMutation({
    mutationFn: ({ id, version }: Pick<RadiusServerView, 'id' | 'version'>) =>
      call(api.radiusServers.remove, { params: { id }, query: { version } }),
    onSettled: useOutOfDate(),
  })
}

/** Changes nothing. */
export function useTestServer(id: string) {
  return useMutation({
    mutationFn: (body: TestRadiusServerInput) => call(api.radiusServers.test, { params: { id }, body }),
  })
}

export function useChangeRadiusTarget() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: RadiusTargetInput) => call(api.radiusServers.changeTarget, { body }),
    onSuccess: (settings) => queryClient.setQueryData(radiusTargetQuery.queryKey, settings),
    onSettled: useOutOfDate(),
  })
}
