/** Adds the mobile app on a device of a user: a QR code to scan, or an address and a code to type; shown once. */
import { Group, Stack, Text } from '@mantine/core'
import { api, type AppActivation, type UserView } from '@sallyport/contract'
import { CopyText, notifyFailed, QrCode, RelativeTime, Section } from '@sallyport/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import './page-words.ts'
import { call } from '../../lib/api.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { language, t } from '../../lib/words.ts'
import { ShownOnce } from '../../lib/shown-once.tsx'

export function AddMobileApp({ user }: { readonly user: UserView }) {
  const [activation, setActivation] = useState<AppActivation>()
  const queryClient = useQueryClient()
  const activate = useMutation({
    mutationFn: () => call(api.appDevices.activate, { params: { id: user.id } }),
    onSuccess: setActivation,
    onError: (error) => notifyFailed(t('user-factors.app.failed'), problemText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [queryRoots.changes] }),
  })
  const close = () => {
    setActivation(undefined)
    // The device may have been added while the code was shown.
    void queryClient.invalidateQueries({ queryKey: [queryRoots.users] })
  }
  return (
    <Section
      title={t('user-factors.app.title')}
      description={t('user-factors.app.description')}
      action={
        <GuardedButton
          needs={api.appDevices.activate}
          variant="default"
          loading={activate.isPending}
          onClick={() => activate.mutate()}
        >
          {t('user-factors.app.add')}
        </GuardedButton>
      }
    >
      {activation !== undefined && <Activation activation={activation} name={user.username} onClose={close} />}
    </Section>
  )
}

function Activation({
  activation: { code, url, link, expiresAt },
  name,
  onClose,
}: {
  readonly activation: AppActivation
  readonly name: string
  readonly onClose: () => void
}) {
  return (
    <ShownOnce
      title={t('user-factors.app.dialog', { name })}
      once={t('user-factors.app.once')}
      onceText={t('user-factors.app.onceText', { name })}
      doneLabel={t('user-factors.app.done')}
      onClose={onClose}
    >
      <Group align="flex-start" gap="lg">
        <QrCode text={link} label={t('user-factors.app.qrLabel', { name })} />
        <Stack gap="xs" flex="1 1 14rem" miw={0}>
          <Text size="sm">{t('user-factors.app.scan')}</Text>
          <CopyText value={url} />
          <Text size="sm">{t('user-factors.app.type')}</Text>
          <CopyText value={code} />
          <Text size="sm" c="dimmed">
            {t('user-factors.app.until')} <RelativeTime at={expiresAt} locale={language()} />
          </Text>
        </Stack>
      </Group>
    </ShownOnce>
  )
}
