/** Sets a PIN or changes it: the present one first, where there is one, then the new one twice. */
import { PasswordInput, Text } from '@mantine/core'
import { portalApi, type OwnPin } from '@sallyport/contract/portal'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState, type SubmitEvent } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import type { Course } from '../course/use-course.ts'

export interface ChangePinProps {
  readonly pin: OwnPin
  readonly course: Course<OwnPin>
  readonly onClose: () => void
}

export function ChangePin({ pin: { isSet, minimumLength }, course, onClose }: ChangePinProps) {
  const { change, failure, isBusy } = course
  const [typed, setTyped] = useState({ present: '', next: '', again: '' })
  const [differs, setDiffers] = useState(false)
  const field = (name: keyof typeof typed, label: string, description?: string) => (
    <PasswordInput
      label={label}
      description={description}
      inputMode="numeric"
      autoComplete="off"
      required
      maxLength={12}
      size="md"
      value={typed[name]}
      onChange={(event) => {
        const { value } = event.currentTarget
        setTyped((before) => ({ ...before, [name]: value }))
      }}
    />
  )
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setDiffers(typed.next !== typed.again)
    if (typed.next !== typed.again) return
    const body = { present: isSet ? typed.present : null, pin: typed.next }
    void change(() => call(portalApi.pin.change, { body })).then((done) => {
      if (!done) return
      notifyDone(t('pin.done'))
      onClose()
    })
  }
  const problem = differs ? t('pin.differs') : failure
  return (
    <FormDialog
      opened
      onClose={() => {
        course.clear()
        onClose()
      }}
      size="md"
      title={t(isSet ? 'pin.change' : 'pin.set')}
      submitLabel={t('pin.submit')}
      onSubmit={submit}
      pending={isBusy}
      submitDisabled={typed.next === '' || typed.again === '' || (isSet && typed.present === '')}
    >
      {problem !== null && <Notice state="bad" role="alert" title={problem} />}
      <Text size="sm">{t('pin.text')}</Text>
      {isSet && field('present', t('pin.present'))}
      {field('next', t('pin.next'), t('pin.hint', { count: minimumLength }))}
      {field('again', t('pin.again'))}
    </FormDialog>
  )
}
