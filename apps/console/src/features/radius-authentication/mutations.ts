/** Changes to RADIUS Authentication, and what they make out of date. */
import {
  api,
  type ChangeRadiusClientInput,
  type CreateRadiusClientInput,
  type RadiusClientView,
  type RadiusSettingsInput,
  type TargetInput,
  type TestTargetInput,
} from '@sallyport/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { radiusSettingsQuery, targetQuery } from './queries.ts'

function useOutOfDate() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: [queryRoots.radius] }),
      queryClient.invalidateQueries({ queryKey: [queryRoots.status] }),
      queryClient.invalidateQueries({ queryKey: [queryRoots.changes] }),
    ])
}

export function useChangeSettings() {
  const queryClient = useQueryClient()
  const outOfDate = useOutOfDate()
  return useMutation({
    mutationFn: (body: RadiusSettingsInput) => call(api.radius.changeSettings, { body }),
    onSuccess: (settings) => queryClient.setQueryData(radiusSettingsQuery.queryKey, settings),
    onSettled: outOfDate,
  })
}

export function useCreateClient() {
  return useMutation({
    mutationFn: (body: CreateRadiusClientInput) => call(api.radius.createClient, { body }),
    onSettled: useOutOfDate(),
  })
}

export function useChangeClient() {
  return useMutation({
    mutationFn: ({ id, ...body }: ChangeRadiusClientInput & { id: string }) =>
      call(api.radius.changeClient, { params: { id }, body }),
    onSettled: useOutOfDate(),
  })
}

export function useRemoveClient() {
  return useMutation({
    mutationFn: ({ id, version }: Pick<RadiusClientView, 'id' | 'version'>) =>
      call(api.radius.removeClient, { params: { id }, query: { version } }),
    onSettled: useOutOfDate(),
  })
}

export function useChangeTarget() {
  const queryClient = useQueryClient()
  const outOfDate = useOutOfDate()
  return useMutation({
    mutationFn: (body: TargetInput) => call(api.radius.changeTarget, { body }),
    onSuccess: (target) => queryClient.setQueryData(targetQuery.queryKey, target),
    onSettled: outOfDate,
  })
}

/** Tests nothing but the saved target; changes nothing. */
export function useTestTarget() {
  return useMutation({ mutationFn: (body: TestTargetInput) => call(api.radius.testTarget, { body }) })
}
