/** The last sign-ins that asked this device, and what became of them; kept on the device alone. */
import { Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { EmptyState, RelativeTime } from '@sallyport/ui'
import { IconCheck, IconClockX, IconHandStop, IconHistory, IconShieldX, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { vault, type PastRequest } from '../../lib/vault.ts'
import { language, t } from '../../lib/words.ts'
import styles from '../app.module.css'

const looks: Record<PastRequest['result'], { readonly color: string; readonly Icon: typeof IconCheck }> = {
  approved: { color: 'green', Icon: IconCheck },
  denied: { color: 'gray', Icon: IconHandStop },
  fraud: { color: 'red', Icon: IconShieldX },
  missed: { color: 'gray', Icon: IconClockX },
  failed: { color: 'red', Icon: IconX },
}

export function HistoryScreen() {
  const [history, setHistory] = useState<readonly PastRequest[] | null>(null)
  useEffect(() => {
    void vault.history().then(setHistory)
  }, [])
  return (
    <Stack gap="xs">
      <div>
        <Title order={1}>{t('history.title')}</Title>
        <Text c="dimmed">{t('history.text')}</Text>
      </div>
      {history?.length === 0 && (
        <EmptyState icon={<IconHistory size={28} />} title={t('history.emptyTitle')}>
          {t('history.emptyText')}
        </EmptyState>
      )}
      <div className={styles.rows}>
        {history?.map((past) => (
          <PastRow key={past.id} past={past} />
        ))}
      </div>
    </Stack>
  )
}

function PastRow({ past: { application, username, place, at, result } }: { readonly past: PastRequest }) {
  const { color, Icon } = looks[result]
  return (
    <div className={styles.row}>
      <ThemeIcon size={38} radius="50%" variant="light" color={color}>
        <Icon size={20} aria-hidden />
      </ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={600} truncate>
          {application}
        </Text>
        <Text fz="sm" c="dimmed" truncate>
          {place === null ? username : `${username} · ${place}`}
        </Text>
      </div>
      <div style={{ textAlign: 'right' }}>
        <Text fz="sm">{t(`history.${result}`)}</Text>
        <Text fz="xs" c="dimmed">
          <RelativeTime at={new Date(at).toISOString()} locale={language()} />
        </Text>
      </div>
    </div>
  )
}
