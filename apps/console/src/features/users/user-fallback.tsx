/** What a user keeps for the day on which the second factor is lost; an administrator can end it, and sees nothing of it. */
import { Group, Stack, Text } from '@mantine/core'
import { api, type UserView } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed, RelativeTime, Section } from '@sallyport/ui'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'

const fallbackQuery = (id: string) =>
  queryOptions({
    queryKey: [queryRoots.users, 'fallback', id],
    queryFn: ({ signal }) => call(api.portalFallback.ofUser, { params: { id } }, { signal }),
  })

const removals = {
  codes: api.portalFallback.removeRecoveryCodes,
  questions: api.portalFallback.removeSecurityQuestions,
} as const
type What = keyof typeof removals

/** Nothing where what the user has did not come, or there is none of it. */
export function UserFallback({ user: { id, username: name } }: { readonly user: UserView }) {
  const [removing, setRemoving] = useState<What>()
  const queryClient = useQueryClient()
  const { data } = useQuery(fallbackQuery(id))
  const remove = useMutation({
    mutationFn: (what: What) => call(removals[what], { params: { id } }),
    onSuccess: () => notifyDone(t('user-factors.fallback.removed', { name })),
    onError: (error) => notifyFailed(t('user-factors.fallback.notRemoved', { name }), problemText(error)),
    onSettled: () => {
      setRemoving(undefined)
      return Promise.all(
        [queryRoots.users, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
      )
    },
  })
  if (data === undefined) return null
  const { recoveryCodes: codes, securityQuestions: questions } = data
  const rows = [
    ...(codes === null
      ? []
      : [{ what: 'codes', text: t('user-factors.fallback.codes', { count: codes.left }), ...codes } as const]),
    ...(questions === null
      ? []
      : [{ what: 'questions', text: t('user-factors.fallback.questions'), ...questions } as const]),
  ]
  return (
    <Section title={t('user-factors.fallback.title')} description={t('user-factors.fallback.description')}>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('user-factors.fallback.none')}
        </Text>
      )}
      <Stack gap="sm">
        {rows.map(({ what, text, createdAt }) => (
          <Group key={what} justify="space-between">
            <Text size="sm">
              {text} <RelativeTime at={createdAt} locale={language()} />
            </Text>
            <GuardedButton needs={removals[what]} variant="default" onClick={() => setRemoving(what)}>
              {t(`user-factors.fallback.remove-${what}`)}
            </GuardedButton>
          </Group>
        ))}
      </Stack>
      {removing !== undefined && (
        <ConfirmDialog
          opened
          onClose={() => setRemoving(undefined)}
          title={t(`user-factors.fallback.removeTitle-${removing}`, { name })}
          confirmLabel={t(`user-factors.fallback.remove-${removing}`)}
          pending={remove.isPending}
          onConfirm={() => remove.mutate(removing)}
        >
          {t('user-factors.fallback.removeText', { name })}
        </ConfirmDialog>
      )}
    </Section>
  )
}
