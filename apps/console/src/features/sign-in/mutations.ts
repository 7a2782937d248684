/** Signing in: the first step, and the new session, which takes the place of the old one everywhere. */
import { api, type SessionView, type SignInInput } from '@sallyport/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { sessionQuery } from '../../lib/session.ts'

export function useSignIn() {
  return useMutation({
    mutationFn: (body: SignInInput) => call(api.session.signIn, { body }, { whenSignedOut: 'fail' }),
  })
}

export function useTakeSession() {
  const queryClient = useQueryClient()
  return (session: SessionView) => queryClient.setQueryData(sessionQuery.queryKey, session)
}
