/** The security of RADIUS clients, as the server has it, and how a measure is enforced. */
import { api, type ClientMeasure, type ClientSecurityRow } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const clientSecurityQuery = queryOptions({
  queryKey: [queryRoots.clientSecurity],
  queryFn: ({ signal }) => call(api.clientSecurity.list, {}, { signal }),
})

export function useEnforce({ client, version }: Pick<ClientSecurityRow, 'client' | 'version'>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (measure: ClientMeasure) =>
      call(api.clientSecurity.enforce, { params: { id: client.id }, body: { measure, version } }),
    onSettled: () =>
      Promise.all(
        [queryRoots.clientSecurity, queryRoots.radius, queryRoots.changes, queryRoots.status].map((root) =>
          queryClient.invalidateQueries({ queryKey: [root] }),
        ),
      ),
  })
}
