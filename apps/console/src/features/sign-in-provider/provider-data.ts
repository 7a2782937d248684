/** The OpenID Connect provider, as the server has it, its change and its test. */
import { api, type OpenIdInput } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const providerQuery = queryOptions({
  queryKey: [queryRoots.administrators, 'provider'],
  queryFn: ({ signal }) => call(api.openId.read, {}, { signal }),
})

export function useChangeProvider() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: OpenIdInput) => call(api.openId.change, { body }),
    onSuccess: (saved) => queryClient.setQueryData(providerQuery.queryKey, saved),
    onSettled: () =>
      Promise.all(
        [queryRoots.administrators, queryRoots.changes].map((root) =>
          queryClient.invalidateQueries({ queryKey: [root] }),
        ),
      ),
  })
}

/** Asks a provider, saved or not, to describe itself; changes nothing. */
export function useTestProvider() {
  return useMutation({ mutationFn: (body: OpenIdInput) => call(api.openId.test, { body }) })
}
