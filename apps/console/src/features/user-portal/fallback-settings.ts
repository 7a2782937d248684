/** What lets people into the portal without their second factor: read, and saved. */
import { api, type PortalFallbackSettings } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const fallbackSettingsQuery = queryOptions({
  queryKey: [queryRoots.userPortal, 'fallback'],
  queryFn: ({ signal }) => call(api.portalFallback.readSettings, {}, { signal }),
})

export function useChangeFallbackSettings() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: PortalFallbackSettings) => call(api.portalFallback.changeSettings, { body }),
    onSuccess: (saved) => queryClient.setQueryData(fallbackSettingsQuery.queryKey, saved),
    onSettled: () =>
      Promise.all(
        [queryRoots.userPortal, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
      ),
  })
}
