/** Who is signed in, and what they may do. */
import { api, type Endpoint, type Role, type SessionView } from '@sallyport/contract'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { call } from './api.ts'
import { queryRoots } from './query-keys.ts'
import { t } from './words.ts'

export const sessionQuery = queryOptions({
  queryKey: [queryRoots.session],
  queryFn: ({ signal }) => call(api.session.read, {}, { signal, whenSignedOut: 'fail' }),
  staleTime: 60_000,
})

export const setUpQuery = queryOptions({
  queryKey: [queryRoots.session, 'set-up'],
  queryFn: ({ signal }) => call(api.session.readSetUp, {}, { signal }),
  staleTime: 0,
})

/** The session of the page; every page of the shell has one. */
export function useSession(): SessionView {
  return useSuspenseQuery(sessionQuery).data
}

/** Whether a role may call an endpoint, by the contract's own word. */
export function roleMay(role: Role, endpoint: Endpoint): boolean {
  return endpoint.access === 'public' || endpoint.access.includes(role)
}

/** Whether the signed-in administrator may call an endpoint; `reason` is the sentence for a disabled control. */
export function useMay(endpoint: Endpoint): { readonly may: boolean; readonly reason: string | undefined } {
  const { administrator } = useSession()
  const may = roleMay(administrator.role, endpoint)
  return {
    may,
    reason: may ? undefined : t('app.notAllowed', { role: t(`app.role.${administrator.role}`) }),
  }
}
