/** How an administrator signs in, for the others: the second factor, which can be reset, and their sessions, which can be ended. */
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { api, type AdministratorView } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed } from '@sallyport/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { SessionList } from '../../lib/own-factors/session-list.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export function SignInOfAdministrator({ administrator }: { readonly administrator: AdministratorView }) {
  const { id, username: name, factors } = administrator
  const hasFactor = factors.totp || factors.passkeys > 0
  const [resetting, setResetting] = useState(false)
  const queryClient = useQueryClient()
  const list = useQuery({
    queryKey: [queryRoots.administrators, 'sessions', id],
    queryFn: ({ signal }) => call(api.administrators.sessions, { params: { id } }, { signal }),
  })
  const onSettled = () => {
    setResetting(false)
    return Promise.all(
      [queryRoots.administrators, queryRoots.changes].map((root) =>
        queryClient.invalidateQueries({ queryKey: [root] }),
      ),
    )
  }
  const reset = useMutation({
    mutationFn: () => call(api.administrators.resetFactors, { params: { id } }),
    onSuccess: () => notifyDone(t('administrators.reset.done', { name })),
    onError: (error) => notifyFailed(t('administrators.reset.failed', { name }), problemText(error)),
    onSettled,
  })
  const end = useMutation({
    mutationFn: (session: string) => call(api.administrators.endSession, { params: { id: session } }),
    onSuccess: () => notifyDone(t('own-factors.sessions.ended')),
    onError: (error) => notifyFailed(t('own-factors.sessions.notEnded'), problemText(error)),
    onSettled,
  })
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <div>
          <Title order={3}>{t('administrators.reset.title')}</Title>
          <Text size="sm" c="dimmed">
            {hasFactor
              ? t('administrators.reset.has', { count: factors.recoveryCodesLeft })
              : t('administrators.factors.none')}
          </Text>
        </div>
        <Button variant="default" disabled={!hasFactor} onClick={() => setResetting(true)}>
          {t('administrators.reset.open')}
        </Button>
      </Group>
      <Title order={3}>{t('own-factors.sessions.label')}</Title>
      <SessionList list={list} onEnd={(session) => end.mutate(session)} />
      {resetting && (
        <ConfirmDialog
          opened
          onClose={() => setResetting(false)}
          title={t('administrators.reset.ask', { name })}
          confirmLabel={t('administrators.reset.open')}
          pending={reset.isPending}
          onConfirm={() => reset.mutate()}
        >
          {t('administrators.reset.text', { name })}
        </ConfirmDialog>
      )}
    </Stack>
  )
}
