/** The rules for what an Access-Accept carries, as the server has them, and their changes. */
import { api, type ChangeReplyRuleInput, type CreateReplyRuleInput, type ReplyRuleView } from '@sallyport/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'

export const replyRulesQuery = queryOptions({
  queryKey: [queryRoots.radius, 'reply-rules'],
  queryFn: ({ signal }) => call(api.replyRules.list, {}, { signal }),
})

/** The dictionary changes with a release only. */
export const replyAttributesQuery = queryOptions({
  queryKey: [queryRoots.radius, 'reply-attributes'],
  queryFn: ({ signal }) => call(api.replyRules.attributes, {}, { signal }),
  staleTime: Infinity,
})

function useOutOfDate() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: replyRulesQuery.queryKey }),
      queryClient.invalidateQueries({ queryKey: [queryRoots.changes] }),
    ])
}

export function useCreateRule() {
  return useMutation({
    mutationFn: (body: CreateReplyRuleInput) => call(api.replyRules.create, { body }),
    onSettled: useOutOfDate(),
  })
}

export function useChangeRule() {
  return useMutation({
    mutationFn: ({ id, ...body }: ChangeReplyRuleInput & { id: string }) =>
      call(api.replyRules.change, { params: { id }, body }),
    onSettled: useOutOfDate(),
  })
}

export function useMoveRule() {
  return useMutation({
    mutationFn: ({ rule, direction }: { rule: ReplyRuleView; direction: 'up' | 'down' }) =>
      call(api.replyRules.move, { params: { id: rule.id }, body: { direction, version: rule.version } }),
    onSettled: useOutOfDate(),
  })
}

export function useRemoveRule() {
  return useMutation({
    mutationFn: ({ id, version }: Pick<ReplyRuleView, 'id' | 'version'>) =>
      call(api.replyRules.remove, { params: { id }, query: { version } }),
    onSettled: useOutOfDate(),
  })
}
