/** Which account of the OpenID Connect provider signs in as an administrator: whether there is one, and forgetting it. */
import { Button, Group, Text, Title } from '@mantine/core'
import { api, type AdministratorView } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed } from '@sallyport/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

type AccountAtProviderProps = Pick<AdministratorView, 'id' | 'username'>

export function AccountAtProvider({ id, username: name }: AccountAtProviderProps) {
  const [asking, setAsking] = useState(false)
  const queryClient = useQueryClient()
  const forget = useMutation({
    mutationFn: () => call(api.openId.unpin, { params: { id } }),
    onSuccess: () => notifyDone(t('administrators.account.done', { name })),
    onError: (error) => notifyFailed(t('administrators.account.failed', { name }), problemText(error)),
    onSettled: () => {
      setAsking(false)
      return Promise.all(
        [queryRoots.administrators, queryRoots.changes].map((root) =>
          queryClient.invalidateQueries({ queryKey: [root] }),
        ),
      )
    },
  })
  return (
    <Group justify="space-between">
      <div>
        <Title order={3}>{t('administrators.account.title')}</Title>
        <Text size="sm" c="dimmed">
          {t('administrators.account.has')}
        </Text>
      </div>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('administrators.account.open')}
      </Button>
      {asking && (
        <ConfirmDialog
          opened
          onClose={() => setAsking(false)}
          title={t('administrators.account.ask', { name })}
          confirmLabel={t('administrators.account.open')}
          pending={forget.isPending}
          onConfirm={() => forget.mutate()}
        >
          {t('administrators.account.text', { name })}
        </ConfirmDialog>
      )}
    </Group>
  )
}
