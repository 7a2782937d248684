/** The RADIUS clients, for filters that choose one. */
import { api } from '@sallyport/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from './api.ts'
import { queryRoots } from './query-keys.ts'

export const clientChoicesQuery = queryOptions({
  queryKey: [queryRoots.radius, 'clients'],
  queryFn: ({ signal }) => call(api.radius.listClients, {}, { signal }),
  staleTime: 30_000,
})
