/** The fraud reports, as the server has them, and how one is marked as handled. */
import { api } from '@sallyport/contract'
import { infiniteQueryOptions, keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { pageRows } from '../../lib/paged-rows.ts'
import { queryRoots } from '../../lib/query-keys.ts'

/** @param state those that nobody has handled, or every one there ever was */
export function fraudReportListQuery(state: 'open' | 'all') {
  return infiniteQueryOptions({
    queryKey: [queryRoots.fraudReports, state],
    queryFn: ({ pageParam, signal }) =>
      call(api.people.fraudReports, { query: { state, limit: pageRows, cursor: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

export function useHandleFraudReport(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { note: string }) => call(api.people.handleFraudReport, { params: { id }, body }),
    onSettled: () =>
      Promise.all(
        [queryRoots.fraudReports, queryRoots.users, queryRoots.changes].map((root) =>
          queryClient.invalidateQueries({ queryKey: [root] }),
        ),
      ),
  })
}
