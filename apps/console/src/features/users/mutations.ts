/** Changes to users, and what they make out of date. */
import {
  api,
  type ChangeUserFactorsInput,
  type ChangeUserInput,
  type CreateUserInput,
  type NewUserPassword,
  type SetPinInput,
  type UserStandingView,
  type UserView,
} from '@sallyport/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { userQuery } from '../../lib/users/queries.ts'
import { standingQuery } from './standing-query.ts'

/** `also` names further rooms that show what changed. */
function useOutOfDate(...also: readonly string[]) {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [queryRoots.users, queryRoots.status, queryRoots.changes, ...also].map((root) =>
        queryClient.invalidateQueries({ queryKey: [root] }),
      ),
    )
}

function useKnown() {
  const queryClient = useQueryClient()
  return (user: UserView) => queryClient.setQueryData(userQuery(user.id).queryKey, user)
}

function useStandingKnown(id: string) {
  const queryClient = useQueryClient()
  return (standing: UserStandingView) => queryClient.setQueryData(standingQuery(id).queryKey, standing)
}

export function useCreateUser() {
  return useMutation({
    mutationFn: (body: CreateUserInput) => call(api.users.create, { body }),
    onSettled: useOutOfDate(),
  })
}

export function useChangeUser() {
  return useMutation({
    mutationFn: ({ id, ...body }: ChangeUserInput & { readonly id: string }) =>
      call(api.users.change, { params: { id }, body }),
    onSuccess: useKnown(),
    onSettled: useOutOfDate(queryRoots.oathTokens),
  })
}

export function useSetPassword() {
  return useMutation({
    mutationFn: ({ id, ...body }: NewUserPassword & { readonly id: string }) =>
      call(api.builtIn.setPassword, { params: { id }, body }),
    onSuccess: useKnown(),
    onSettled: useOutOfDate(queryRoots.radius),
  })
}

export function useRemovePassword() {
  return useMutation({
    mutationFn: (id: string) => call(api.builtIn.removePassword, { params: { id } }),
    onSuccess: useKnown(),
    onSettled: useOutOfDate(queryRoots.radius),
  })
}

export function useUnlockFactor() {
  return useMutation({
    mutationFn: (id: string) => call(api.users.unlockFactor, { params: { id } }),
    onSuccess: useKnown(),
    onSettled: useOutOfDate(),
  })
}

export function useChangeFactors(id: string) {
  return useMutation({
    mutationFn: (body: ChangeUserFactorsInput) => call(api.people.changeFactors, { params: { id }, body }),
    onSuccess: useStandingKnown(id),
    onSettled: useOutOfDate(),
  })
}

/** The PIN is forgotten with the dialog: what is over is not kept. */
export function useSetPin(id: string) {
  return useMutation({
    mutationFn: (body: SetPinInput) => call(api.people.setPin, { params: { id }, body }),
    onSuccess: useStandingKnown(id),
    onSettled: useOutOfDate(),
    gcTime: 0,
  })
}

export function useRemovePin(id: string) {
  return useMutation({
    mutationFn: () => call(api.people.removePin, { params: { id } }),
    onSettled: useOutOfDate(),
  })
}

/** Removes a user. The lists follow once the page has been left: a page about nobody would only fail. */
export function useRemoveUser() {
  const queryClient = useQueryClient()
  const outOfDate = useOutOfDate(queryRoots.oathTokens)
  return useMutation({
    mutationFn: ({ id, version }: Pick<UserView, 'id' | 'version'>) =>
      call(api.users.remove, { params: { id }, query: { version } }),
    onSuccess: (_nothing, { id }) => queryClient.removeQueries({ queryKey: userQuery(id).queryKey }),
    onSettled: outOfDate,
  })
}
