/** What is there when nobody asks: that all is well, or what is in the way of hearing about sign-ins. */
import { Alert, Anchor, Button, Stack, Text, Title } from '@mantine/core'
import { IconBellOff, IconCloudOff, IconShieldCheck, IconUserOff } from '@tabler/icons-react'
import { useState } from 'react'
import { removeLocally } from '../../lib/leave.ts'
import { turnPushOn } from '../../lib/push.ts'
import { t } from '../../lib/words.ts'
import styles from '../app.module.css'
import { useModel } from '../model.ts'

export function HomeScreen({ onSettings }: { readonly onSettings: () => void }) {
  const { accounts, links } = useModel()
  const states = accounts.map(({ deviceId }) => links.get(deviceId) ?? 'connecting')
  const isLost = states.includes('lost')
  return (
    <Stack gap="md">
      <div className={styles.centred} style={{ padding: '3.5rem 0 2rem' }}>
        <span className={styles.shield}>
          {isLost ? <IconCloudOff size={60} stroke={1.4} /> : <IconShieldCheck size={64} stroke={1.4} />}
        </span>
        <Title order={1} fz="1.5rem" mt="lg" mb={6}>
          {t(isLost ? 'home.offlineTitle' : 'home.title')}
        </Title>
        <Text c="dimmed" maw="21rem" role="status">
          {t(isLost ? 'home.offlineText' : 'home.text')}
        </Text>
      </div>
      <Gone />
      <PushHint onSettings={onSettings} />
    </Stack>
  )
}

/** Accounts that the server does not know any more. */
function Gone() {
  const { accounts, links, reload } = useModel()
  return accounts
    .filter(({ deviceId }) => links.get(deviceId) === 'gone')
    .map((account) => (
      <Alert
        key={account.deviceId}
        color="red"
        variant="light"
        radius="lg"
        icon={<IconUserOff size={20} />}
        title={t('home.goneTitle', { username: account.username })}
      >
        <Stack gap="sm" align="flex-start">
          <Text fz="sm">{t('home.goneText')}</Text>
          <Button size="xs" color="red" onClick={() => void removeLocally(account).then(reload)}>
            {t('home.goneRemove')}
          </Button>
        </Stack>
      </Alert>
    ))
}

function PushHint({ onSettings }: { readonly onSettings: () => void }) {
  const { accounts, push, setPush } = useModel()
  const [isAsking, setAsking] = useState(false)
  if (push === 'on') return null
  return (
    <Alert color="yellow" variant="light" radius="lg" icon={<IconBellOff size={20} />} title={t('home.pushTitle')}>
      <Stack gap="sm" align="flex-start">
        <Text fz="sm">{t(`push.${push}`)}</Text>
        {push === 'off' || push === 'failed' ? (
          <Button
            size="xs"
            loading={isAsking}
            onClick={() => {
              setAsking(true)
              void turnPushOn(accounts)
                .then(setPush)
                .finally(() => setAsking(false))
            }}
          >
            {t('push.turnOn')}
          </Button>
        ) : (
          <Anchor component="button" type="button" fz="sm" onClick={onSettings}>
            {t('home.pushMore')}
          </Anchor>
        )}
      </Stack>
    </Alert>
  )
}
