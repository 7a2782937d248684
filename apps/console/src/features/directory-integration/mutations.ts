/** Saving and testing the LDAP configuration. */
import { api, type LdapInput } from '@sallyport/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { ldapQuery } from './queries.ts'

export function useChangeLdap() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: LdapInput) => call(api.directory.changeLdap, { body }),
    onSuccess: (saved) => queryClient.setQueryData(ldapQuery.queryKey, saved),
    onSettled: () =>
      Promise.all(
        [queryRoots.directory, queryRoots.status, queryRoots.changes].map((root) =>
          queryClient.invalidateQueries({ queryKey: [root] }),
        ),
      ),
  })
}

/** Tries a configuration, saved or not; changes nothing. */
export function useTestLdap() {
  return useMutation({ mutationFn: (body: LdapInput) => call(api.directory.testLdap, { body }) })
}
