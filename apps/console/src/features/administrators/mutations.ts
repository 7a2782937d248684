/** Changes to administrators, and what they make out of date. */
import {
  api,
  type AdministratorView,
  type ChangeAdministratorInput,
  type CreateAdministratorInput,
} from '@sallyport/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

function useOutOfDate() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [queryRoots.administrators, queryRoots.changes, queryRoots.session].map((root) =>
        queryClient.invalidateQueries({ queryKey: [root] }),
      ),
    )
}

export function useCreateAdministrator() {
  return useMutation({
    mutationFn: (body: CreateAdministratorInput) => call(api.administrators.create, { body }),
    onSettled: useOutOfDate(),
  })
}

export function useChangeAdministrator() {
  return useMutation({
    mutationFn: ({ id, ...body }: ChangeAdministratorInput & { readonly id: string }) =>
      call(api.administrators.change, { params: { id }, body }),
    onSettled: useOutOfDate(),
  })
}

export function useRemoveAdministrator() {
  return useMutation({
    mutationFn: ({ id, version }: Pick<AdministratorView, 'id' | 'version'>) =>
      call(api.administrators.remove, { params: { id }, query: { version } }),
    onSettled: useOutOfDate(),
  })
}
