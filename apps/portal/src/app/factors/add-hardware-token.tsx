/** Taking a hardware token that one was handed: by its serial number and a code of it. */
import { Text, TextInput } from '@mantine/core'
import { portalApi } from '@sallyport/contract/portal'
import { FormDialog, Notice } from '@sallyport/ui'
import { useState, type SubmitEvent } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import type { AddFactorProps } from './add-software-token.tsx'
import { CodeInput } from './code-input.tsx'

export function AddHardwareToken({ course, onClose, onAdded }: AddFactorProps) {
  const { change, failure, isBusy } = course
  const [serialNumber, setSerialNumber] = useState('')
  const [code, setCode] = useState('')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void change(() => call(portalApi.factors.claimHardwareToken, { body: { serialNumber, code } })).then(
      (done) => done && onAdded(),
    )
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={t('factors.hardware.title')}
      submitLabel={t('factors.hardware.submit')}
      onSubmit={submit}
      pending={isBusy}
      dirty={serialNumber + code !== ''}
    >
      {failure !== null && <Notice state="bad" role="alert" title={failure} />}
      <Text size="sm">{t('factors.hardware.text')}</Text>
      <TextInput
        label={t('factors.hardware.serialNumber')}
        description={t('factors.hardware.serialNumberHint')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
        maxLength={64}
        size="md"
        data-autofocus
        value={serialNumber}
        onChange={(event) => setSerialNumber(event.currentTarget.value)}
      />
      <CodeInput label={t('factors.hardware.code')} value={code} onType={setCode} />
    </FormDialog>
  )
}
