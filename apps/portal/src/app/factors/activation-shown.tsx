/** The code of the mobile app: a QR code for another device, a link for this one, and the code to type; each once. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { AppActivation } from '@sallyport/contract'
import { CopyText, QrCode, RelativeTime } from '@sallyport/ui'
import { IconDeviceMobile } from '@tabler/icons-react'
import { language, t } from '../../lib/words.ts'

export function ActivationShown({ activation }: { readonly activation: AppActivation }) {
  const { code, url, link, expiresAt } = activation
  const isPhone = useMediaQuery('(pointer: coarse)')
  const here = (
    <Stack gap="xs">
      <Text size="sm">{t('factors.app.hereText')}</Text>
      {/* The page stays open behind it: what the app shows is typed here. The code is behind the #, which reaches no server. */}
      <Button
        component="a"
        href={`/app/#activate=${code}`}
        target="_blank"
        rel="noopener"
        variant={isPhone ? 'filled' : 'default'}
        size={isPhone ? 'md' : 'sm'}
        leftSection={<IconDeviceMobile aria-hidden size={20} />}
      >
        {t('factors.app.here')}
      </Button>
    </Stack>
  )
  const elsewhere = (
    <Group align="flex-start" gap="lg" justify="center">
      <QrCode text={link} label={t('factors.app.qrLabel')} />
      <Stack gap="xs" flex="1 1 14rem" miw={0}>
        <Text size="sm">{t('factors.app.scan')}</Text>
        <Text size="sm" c="dimmed">
          {t('factors.app.type')}
        </Text>
        <CopyText value={url} />
        <CopyText value={code} />
      </Stack>
    </Group>
  )
  return (
    <Stack gap="lg">
      {isPhone ? here : elsewhere}
      {isPhone ? elsewhere : here}
      <Text size="sm" c="dimmed" role="status">
        {t('factors.app.waiting')} {t('factors.app.until')} <RelativeTime at={expiresAt} locale={language()} />
      </Text>
    </Stack>
  )
}
