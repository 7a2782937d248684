/** The caching rules, as the server has them, and their changes. */
import { api, type CacheRuleView, type ChangeCacheRuleInput, type CreateCacheRuleInput } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const cachingRulesQuery = queryOptions({
  queryKey: [queryRoots.cacheRules],
  queryFn: ({ signal }) => call(api.cacheRules.list, {}, { signal }),
})

function useOutOfDate() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [queryRoots.cacheRules, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
    )
}

export function useCreateCachingRule() {
  return useMutation({
    mutationFn: (body: CreateCacheRuleInput) => call(api.cacheRules.create, { body }),
    onSettled: useOutOfDate(),
  })
}

export function useChangeCachingRule() {
  return useMutation({
    mutationFn: ({ id, ...body }: ChangeCacheRuleInput & { id: string }) =>
      call(api.cacheRules.change, { params: { id }, body }),
    onSettled: useOutOfDate(),
  })
}

export function useMoveCachingRule() {
  return useMutation({
    mutationFn: ({ id, direction }: { id: string; direction: 'up' | 'down' }) =>
      call(api.cacheRules.move, { params: { id }, body: { direction } }),
    onSettled: useOutOfDate(),
  })
}

export function useRemoveCachingRule() {
  return useMutation({
    mutationFn: ({ id, version }: Pick<CacheRuleView, 'id' | 'version'>) =>
      call(api.cacheRules.remove, { params: { id }, query: { version } }),
    onSettled: useOutOfDate(),
  })
}
