/** The API tokens, as the server has them, and what is done with them. */
import { api, type CreateApiTokenInput } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const apiTokensQuery = queryOptions({
  queryKey: [queryRoots.apiTokens],
  queryFn: ({ signal }) => call(api.apiTokens.list, {}, { signal }),
})

function useOutOfDate() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [queryRoots.apiTokens, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
    )
}

export function useCreateApiToken() {
  return useMutation({
    mutationFn: (body: CreateApiTokenInput) => call(api.apiTokens.create, { body }),
    // The answer holds the token: it is not kept once it was closed.
    gcTime: 0,
    onSettled: useOutOfDate(),
  })
}

export function useRevokeApiToken() {
  return useMutation({
    mutationFn: (id: string) => call(api.apiTokens.remove, { params: { id } }),
    onSettled: useOutOfDate(),
  })
}
