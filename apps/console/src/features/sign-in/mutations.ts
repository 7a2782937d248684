/** Signing in: the new session takes the place of the old one everywhere. */
import { api, type SignInInput } from '@sallyport/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { sessionQuery } from '../../lib/session.ts'

export function useSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: SignInInput) => call(api.session.signIn, { body }, { whenSignedOut: 'fail' }),
    onSuccess: (session) => queryClient.setQueryData(sessionQuery.queryKey, session),
  })
}
