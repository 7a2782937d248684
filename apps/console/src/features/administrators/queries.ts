/** The console's administrators, as the server has them. */
import { api } from '@sallyport/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const administratorsQuery = queryOptions({
  queryKey: [queryRoots.administrators],
  queryFn: ({ signal }) => call(api.administrators.list, {}, { signal }),
})
