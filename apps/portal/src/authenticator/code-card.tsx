/** The code of an account at this moment, with the time that it still counts. */
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { offlineCode } from '../lib/totp.ts'
import type { Account } from '../lib/vault.ts'
import { t } from '../lib/words.ts'
import styles from './app.module.css'
import { CountdownRing } from './countdown-ring.tsx'
import { useModel } from './model.ts'
import { useServerNow } from './use-server-now.ts'

export function CodeCard({ account: { offline, username } }: { readonly account: Account }) {
  const { clockOffsetMs } = useModel()
  const now = useServerNow(clockOffsetMs)
  const stepMs = offline.stepSeconds * 1000
  const step = Math.floor(now / stepMs)
  const code = useCode(offline, step)
  const clipboard = useClipboard({ timeout: 2000 })
  const Icon = clipboard.copied ? IconCheck : IconCopy
  return (
    <div className={styles.card}>
      <Text fz="sm" c="dimmed">
        {username}
      </Text>
      <Group justify="space-between" wrap="nowrap">
        <Text className={styles.code ?? ''} aria-label={t('codes.code')} data-testid="code">
          {code === '' ? '––– –––' : `${code.slice(0, 3)} ${code.slice(3)}`}
        </Text>
        <Group gap={6} wrap="nowrap">
          <Tooltip label={clipboard.copied ? t('ui.copied') : t('ui.copy')}>
            <ActionIcon
              variant="subtle"
              size={44}
              aria-label={clipboard.copied ? t('ui.copied') : t('ui.copy')}
              onClick={() => clipboard.copy(code)}
            >
              <Icon size={22} />
            </ActionIcon>
          </Tooltip>
          <CountdownRing leftMs={(step + 1) * stepMs - now} wholeMs={stepMs} size={48} label={t('codes.secondsLeft')} />
        </Group>
      </Group>
    </div>
  )
}

function useCode(token: Account['offline'], step: number): string {
  const [code, setCode] = useState('')
  useEffect(() => {
    let isCurrent = true
    void offlineCode(token, step * token.stepSeconds * 1000).then((made) => {
      if (isCurrent) setCode(made)
    })
    return () => {
      isCurrent = false
    }
  }, [token, step])
  return code
}
