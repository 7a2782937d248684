/** The RADIUS clients: for their own list, and for whatever chooses one of them. */
import { api } from '@sallyport/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from './api.ts'
import { queryRoots } from './query-keys.ts'

export const radiusClientsQuery = queryOptions({
  queryKey: [queryRoots.radius, 'clients'],
  queryFn: ({ signal }) => call(api.radius.listClients, {}, { signal }),
})
