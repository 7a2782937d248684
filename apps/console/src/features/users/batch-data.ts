/** Many users at once: begun, watched and taken back. */
import { api, type BeginUserBatchInput } from '@sallyport/contract'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

const askEveryMs = 500

/** Asked again while it runs. */
export const userBatchQuery = (id: string) =>
  queryOptions({
    queryKey: [queryRoots.userBatches, id],
    queryFn: ({ signal }) => call(api.userBatches.read, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? askEveryMs : false),
  })

export function useBeginBatch() {
  return useMutation({ mutationFn: (body: BeginUserBatchInput) => call(api.userBatches.begin, { body }) })
}

export function useUndoBatch() {
  return useMutation({ mutationFn: (id: string) => call(api.userBatches.undo, { params: { id } }) })
}
