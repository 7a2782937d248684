/** Codes that need no network: one an account, with the time that it still counts. */
import { Stack, Text, Title } from '@mantine/core'
import { t } from '../../lib/words.ts'
import { CodeCard } from '../code-card.tsx'
import { useModel } from '../model.ts'

const noticeableMs = 20_000

export function CodesScreen() {
  const { accounts, clockOffsetMs } = useModel()
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>{t('codes.title')}</Title>
        <Text c="dimmed">{t('codes.text')}</Text>
      </div>
      {accounts.map((account) => (
        <CodeCard key={account.deviceId} account={account} />
      ))}
      {Math.abs(clockOffsetMs) > noticeableMs && (
        <Text fz="sm" c="dimmed">
          {t('codes.clock', { count: Math.round(Math.abs(clockOffsetMs) / 1000) })}
        </Text>
      )}
    </Stack>
  )
}
