/** What came of an answer; after an approval by number, the number to type at the device. */
import { Button, Text, ThemeIcon, Title } from '@mantine/core'
import { IconCheck, IconClockX, IconHandStop, IconShieldX, IconX } from '@tabler/icons-react'
import type { DecisionAnswer } from '@sallyport/contract/portal'
import { t } from '../../lib/words.ts'
import styles from '../app.module.css'

export type ResultKind = 'approved' | 'denied' | 'fraud' | Exclude<DecisionAnswer['outcome'], 'taken' | 'wrong-pin'>

export interface Result {
  readonly kind: ResultKind
  /** To be typed at the device. */
  readonly number: string | null
  readonly application: string
  readonly expiresAt: string
}

const looks: Record<ResultKind, { readonly color: string; readonly Icon: typeof IconCheck }> = {
  approved: { color: 'green', Icon: IconCheck },
  denied: { color: 'gray', Icon: IconHandStop },
  fraud: { color: 'red', Icon: IconShieldX },
  unknown: { color: 'gray', Icon: IconClockX },
  expired: { color: 'gray', Icon: IconClockX },
  'already-decided': { color: 'gray', Icon: IconCheck },
  'wrong-number': { color: 'red', Icon: IconX },
  refused: { color: 'red', Icon: IconX },
}

export function RequestResult({ result, onClose }: { readonly result: Result; readonly onClose: () => void }) {
  const { color, Icon } = looks[result.kind]
  const { application, number } = result
  return (
    <>
      <div className={styles.centred} style={{ margin: 'auto 0' }} role="status">
        {number === null ? (
          <ThemeIcon size={96} radius="50%" color={color} variant="light" mb="lg">
            <Icon size={52} stroke={1.8} aria-hidden />
          </ThemeIcon>
        ) : (
          <Text className={styles.number ?? ''} mb="lg" c="var(--mantine-color-anchor)">
            {number}
          </Text>
        )}
        <Title order={1} fz="1.5rem" mb="xs">
          {number === null ? t(`result.${result.kind}.title`) : t('result.type.title')}
        </Title>
        <Text c="dimmed" maw="24rem">
          {number === null ? t(`result.${result.kind}.text`, { application }) : t('result.type.text', { application })}
        </Text>
      </div>
      <Button size="lg" radius="lg" variant={number === null ? 'default' : 'filled'} onClick={onClose}>
        {t('result.done')}
      </Button>
    </>
  )
}
