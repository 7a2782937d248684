/** The LDAP configuration, without its password. */
import { api } from '@sallyport/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const ldapQuery = queryOptions({
  queryKey: [queryRoots.directory, 'ldap'],
  queryFn: ({ signal }) => call(api.directory.readLdap, {}, { signal }),
})
