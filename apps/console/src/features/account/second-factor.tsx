/** The authenticator app of the signed-in administrator: set it up, replace it, give it up. */
import { Button, Group, Modal, Text } from '@mantine/core'
import { api, type AccountView } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed, RelativeTime, Section, StatusDot } from '@sallyport/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { SetUpTotp } from '../../lib/own-factors/set-up-totp.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { language, t } from '../../lib/words.ts'
import { useAccountChanged } from './account-data.ts'
import './page-words.ts'

export function SecondFactor({ account: { totp, passkeys } }: { readonly account: AccountView }) {
  const [open, setOpen] = useState<'set-up' | 'remove'>()
  const changed = useAccountChanged()
  const close = () => setOpen(undefined)
  const remove = useMutation({
    mutationFn: () => call(api.account.removeTotp, {}),
    onSuccess: () => notifyDone(t('account.totp.removed')),
    onError: (error) => notifyFailed(t('account.totp.notRemoved'), problemText(error)),
    onSettled: () => {
      close()
      return changed()
    },
  })
  return (
    <Section
      title={t('account.totp.title')}
      description={t('account.totp.text')}
      action={
        <Group gap="sm">
          {totp !== null && (
            <Button variant="default" onClick={() => setOpen('remove')}>
              {t('account.totp.remove')}
            </Button>
          )}
          <Button variant={totp === null ? 'filled' : 'default'} onClick={() => setOpen('set-up')}>
            {t(totp === null ? 'account.totp.setUp' : 'account.totp.replace')}
          </Button>
        </Group>
      }
    >
      {totp === null ? (
        <StatusDot state={passkeys.length === 0 ? 'warning' : 'neutral'}>{t('account.totp.none')}</StatusDot>
      ) : (
        <Text size="sm" component="div">
          <StatusDot state="good">{t('account.totp.since')}</StatusDot>{' '}
          <RelativeTime at={totp.createdAt} locale={language()} />
        </Text>
      )}
      {open === 'set-up' && (
        <Modal
          opened
          onClose={close}
          size="lg"
          title={t('account.totp.setUpTitle')}
          // What it may show in the end comes never again.
          closeOnClickOutside={false}
          closeButtonProps={{ 'aria-label': t('ui.close') }}
        >
          <SetUpTotp
            whenSignedOut="ask"
            onDone={() => {
              notifyDone(t('account.totp.done'))
              close()
              void changed()
            }}
          />
        </Modal>
      )}
      {open === 'remove' && (
        <ConfirmDialog
          opened
          onClose={close}
          title={t('account.totp.removeTitle')}
          confirmLabel={t('account.totp.remove')}
          pending={remove.isPending}
          onConfirm={() => remove.mutate()}
        >
          {t('account.totp.removeText')}
        </ConfirmDialog>
      )}
    </Section>
  )
}
