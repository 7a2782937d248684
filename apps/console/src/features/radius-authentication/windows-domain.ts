/** The Windows domain, as the server has it, its change and its test. */
import { api, type WindowsDomainInput } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const windowsDomainQuery = queryOptions({
  queryKey: [queryRoots.radius, 'windows-domain'],
  queryFn: ({ signal }) => call(api.windowsDomain.read, {}, { signal }),
})

export function useChangeWindowsDomain() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: WindowsDomainInput) => call(api.windowsDomain.change, { body }),
    onSuccess: (saved) => queryClient.setQueryData(windowsDomainQuery.queryKey, saved),
    onSettled: () =>
      Promise.all(
        [queryRoots.radius, queryRoots.status, queryRoots.changes].map((root) =>
          queryClient.invalidateQueries({ queryKey: [root] }),
        ),
      ),
  })
}

/** Tries a domain, saved or not; changes nothing. */
export function useTestWindowsDomain() {
  return useMutation({ mutationFn: (body: WindowsDomainInput) => call(api.windowsDomain.test, { body }) })
}
