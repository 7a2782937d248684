/** The dialogs of what stands for or against a user: a block, and a one-time bypass. */
import { Text, TextInput } from '@mantine/core'
import { api, type UserView } from '@sallyport/contract'
import { FormDialog } from '@sallyport/ui'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { t } from '../../lib/words.ts'
import { BlockFields, blockUntil } from './block-fields.tsx'
import { useDoing } from './use-doing.ts'
import './page-words.ts'

interface DialogProps {
  readonly user: UserView
  readonly onClose: () => void
}

export function BlockUser({ user: { id, username: name }, onClose }: DialogProps) {
  const [reason, setReason] = useState('')
  const [days, setDays] = useState('90')
  const block = useDoing(
    () =>
      call(api.people.block, {
        params: { id },
        body: { reason, until: blockUntil(days) },
      }),
    t('users.standing.blocked', { name }),
  )
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('users.standing.blockTitle', { name })}
      submitLabel={t('users.standing.block')}
      pending={block.isPending}
      dirty={reason !== ''}
      submitDisabled={reason.trim() === ''}
      onSubmit={(event) => {
        event.preventDefault()
        block.mutate(undefined, { onSuccess: onClose })
      }}
    >
      <Text size="sm">{t('users.standing.blockText')}</Text>
      <BlockFields reason={reason} onReason={setReason} days={days} onDays={setDays} />
    </FormDialog>
  )
}

export function GiveBypass({ user: { id, username: name }, onClose }: DialogProps) {
  const [reason, setReason] = useState('')
  const [seconds, setSeconds] = useState('300')
  const asked = Number(seconds)
  const fits = Number.isInteger(asked) && asked >= 10 && asked <= 86_400
  const give = useDoing(
    () => call(api.people.giveBypass, { params: { id }, body: { reason, seconds: asked } }),
    t('users.standing.bypassGiven', { name }),
  )
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('users.standing.bypassTitle', { name })}
      submitLabel={t('users.standing.bypass')}
      pending={give.isPending}
      dirty={reason !== ''}
      submitDisabled={reason.trim() === '' || !fits}
      onSubmit={(event) => {
        event.preventDefault()
        give.mutate(undefined, { onSuccess: onClose })
      }}
    >
      <Text size="sm">{t('users.standing.bypassText')}</Text>
      <TextInput
        required
        inputMode="numeric"
        label={t('users.standing.seconds')}
        error={fits ? null : t('users.standing.secondsWrong')}
        value={seconds}
        onChange={(event) => setSeconds(event.currentTarget.value)}
      />
      <TextInput
        required
        maxLength={200}
        label={t('users.standing.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
