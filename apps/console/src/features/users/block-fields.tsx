/** Why somebody is blocked, and for how long: of one user and of many. */
import { Select, TextInput } from '@mantine/core'
import { t } from '../../lib/words.ts'
import './page-words.ts'

const dayMs = 86_400_000

/** `days` empty: until somebody unblocks. */
export function blockUntil(days: string): string | null {
  return days === '' ? null : new Date(Date.now() + Number(days) * dayMs).toISOString()
}

export interface BlockFieldsProps {
  readonly reason: string
  readonly onReason: (reason: string) => void
  readonly days: string
  readonly onDays: (days: string) => void
}

export function BlockFields({ reason, onReason, days, onDays }: BlockFieldsProps) {
  return (
    <>
      <TextInput
        required
        maxLength={200}
        label={t('users.standing.reason')}
        value={reason}
        onChange={(event) => onReason(event.currentTarget.value)}
      />
      <Select
        label={t('users.standing.howLong')}
        allowDeselect={false}
        value={days}
        onChange={(value) => onDays(value ?? '')}
        data={['1', '7', '30', '90', ''].map((value) => ({
          value,
          label: t(value === '' ? 'users.standing.forGood' : 'users.standing.days', { count: Number(value) }),
        }))}
      />
    </>
  )
}
