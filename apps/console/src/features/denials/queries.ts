/** The denials, as the report has them. */
import { api, type CountedTimes } from '@sallyport/contract'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export function denialsQuery(times: CountedTimes) {
  return queryOptions({
    queryKey: [queryRoots.denials, times],
    queryFn: ({ signal }) => call(api.denials.read, { query: times }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })
}
