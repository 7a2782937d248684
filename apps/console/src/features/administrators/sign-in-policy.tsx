/** What is asked of every administrator: one switch, which takes effect at their next sign-in. */
import { Switch } from '@mantine/core'
import { api } from '@sallyport/contract'
import { notifyDone, notifyFailed, Section } from '@sallyport/ui'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

const policyQuery = queryOptions({
  queryKey: [queryRoots.administrators, 'policy'],
  queryFn: ({ signal }) => call(api.administrators.readPolicy, {}, { signal }),
})

export function SignInPolicy() {
  const { data: policy } = useQuery(policyQuery)
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: (secondFactorRequired: boolean) =>
      call(api.administrators.changePolicy, { body: { secondFactorRequired, version: policy?.version ?? 1 } }),
    onSuccess: () => notifyDone(t('administrators.policy.saved')),
    onError: (error) => notifyFailed(t('administrators.policy.notSaved'), problemText(error)),
    onSettled: () =>
      Promise.all(
        [queryRoots.administrators, queryRoots.account, queryRoots.changes].map((root) =>
          queryClient.invalidateQueries({ queryKey: [root] }),
        ),
      ),
  })
  if (policy === undefined) return null
  return (
    <Section title={t('administrators.policy.title')}>
      <Switch
        label={t('administrators.policy.required')}
        description={t('administrators.policy.requiredHint')}
        checked={policy.secondFactorRequired}
        disabled={change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
    </Section>
  )
}
