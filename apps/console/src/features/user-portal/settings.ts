/** What people may do for themselves in the portal: read, and saved. */
import { api, type PortalSettings } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const portalSettingsQuery = queryOptions({
  queryKey: [queryRoots.userPortal, 'settings'],
  queryFn: ({ signal }) => call(api.portalAdministration.readSettings, {}, { signal }),
})

export function useChangePortalSettings() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: PortalSettings) => call(api.portalAdministration.changeSettings, { body }),
    onSuccess: (saved) => queryClient.setQueryData(portalSettingsQuery.queryKey, saved),
    onSettled: () =>
      Promise.all(
        [queryRoots.userPortal, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
      ),
  })
}
