/** What can be done with OATH tokens; users show how many tokens they have, so their data goes stale with it. */
import {
  api,
  type AssignTokensInput,
  type CreateTokenInput,
  type ResynchroniseInput,
  type TokenView,
} from '@sallyport/contract'
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { call } from '../api.ts'
import { queryRoots } from '../query-keys.ts'

export function useCreateToken() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: CreateTokenInput) => call(api.oathTokens.create, { body }),
    onSuccess: () => tokensChanged(queryClient),
    // The answer holds the secret: it is not kept once the dialog has closed.
    gcTime: 0,
  })
}

export function useAssignToken() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ token, userId }: { readonly token: TokenView; readonly userId: string | null }) =>
      call(api.oathTokens.assign, { params: { id: token.id }, body: { userId, version: token.version } }),
    onSettled: () => tokensChanged(queryClient),
  })
}

export function useRemoveToken() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version }: TokenView) => call(api.oathTokens.remove, { params: { id }, query: { version } }),
    onSettled: () => tokensChanged(queryClient),
  })
}

export function useResynchroniseToken(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: ResynchroniseInput) => call(api.oathTokens.resynchronise, { params: { id }, body }),
    onSuccess: () => tokensChanged(queryClient),
  })
}

export function useAssignTokens() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: AssignTokensInput) => call(api.oathTokens.assignMany, { body }),
    onSettled: () => tokensChanged(queryClient),
  })
}

export function useRemoveTokens() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (ids: readonly string[]) => call(api.oathTokens.removeMany, { body: { ids: [...ids] } }),
    onSettled: () => tokensChanged(queryClient),
  })
}

export function useTestCode(id: string) {
  return useMutation({
    mutationFn: (code: string) => call(api.oathTokens.testCode, { params: { id }, body: { code } }),
  })
}

export async function tokensChanged(queryClient: QueryClient): Promise<void> {
  const codes = [queryRoots.oathTokens, 'code']
  await Promise.all([
    queryClient.invalidateQueries({
      queryKey: [queryRoots.oathTokens],
      predicate: ({ queryKey }) => queryKey[1] !== codes[1],
    }),
    queryClient.invalidateQueries({ queryKey: [queryRoots.users] }),
    queryClient.invalidateQueries({ queryKey: [queryRoots.status] }),
  ])
}
