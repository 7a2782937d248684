/** Shows what proves to the portal that this device is its owner's, until it was typed there. */
import { Button, Stack, Text, Title } from '@mantine/core'
import { Notice } from '@sallyport/ui'
import { useEffect, useState } from 'react'
import { DeviceProblem, isConfirmed } from '../../lib/device-api.ts'
import type { Account } from '../../lib/vault.ts'
import { t } from '../../lib/words.ts'
import styles from '../app.module.css'
import { CodeCard } from '../code-card.tsx'

const lookEveryMs = 2_000
/** Longer than the server waits for it. */
const looksAtMost = 320

export interface ConfirmDeviceProps {
  readonly account: Account
  readonly onDone: () => void
}

export function ConfirmDevice({ account, onDone }: ConfirmDeviceProps) {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let isCurrent = true
    const look = async (looks: number): Promise<void> => {
      const answer = await isConfirmed(account).catch((error: unknown) =>
        error instanceof DeviceProblem && error.code === 'device-unknown' ? 'gone' : false,
      )
      if (!isCurrent) return
      if (answer === 'gone') setOver(true)
      else if (answer) onDone()
      else if (looks < looksAtMost) timer = setTimeout(() => void look(looks + 1), lookEveryMs)
    }
    timer = setTimeout(() => void look(1), lookEveryMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [account, onDone])
  return (
    <div className={styles.column}>
      <Stack py="xl">
        <Title order={1}>{t('confirm.title')}</Title>
        <Text>{t('confirm.text')}</Text>
        {isOver ? (
          <Notice state="bad" role="alert" title={t('confirm.over')} />
        ) : (
          <>
            <CodeCard account={account} />
            <Text size="sm" c="dimmed" role="status">
              {t('confirm.waiting')}
            </Text>
          </>
        )}
        <Button variant="default" size="lg" radius="lg" onClick={onDone}>
          {t(isOver ? 'ui.close' : 'confirm.later')}
        </Button>
      </Stack>
    </div>
  )
}
