/** Makes the first user and their token, in two calls; a second try goes on after the one that succeeded. */
import { api, type CreateUserInput, type UserView } from '@sallyport/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

const authenticatorApp = {
  serialNumber: '',
  algorithm: 'SHA-1',
  digits: 6,
  stepSeconds: 30,
  manufacturer: '',
  model: '',
} as const

export function useCreateUserWithToken() {
  const queryClient = useQueryClient()
  const [made, setMade] = useState<UserView>()
  return useMutation({
    mutationFn: async (body: CreateUserInput) => {
      const user = made?.username === body.username ? made : await call(api.users.create, { body })
      setMade(user)
      return call(api.oathTokens.create, { body: { ...authenticatorApp, userId: user.id } })
    },
    // The answer holds the secret: it is not kept once the step has been left.
    gcTime: 0,
    onSettled: () =>
      Promise.all(
        [queryRoots.users, queryRoots.oathTokens, queryRoots.status, queryRoots.changes].map((root) =>
          queryClient.invalidateQueries({ queryKey: [root] }),
        ),
      ),
  })
}
