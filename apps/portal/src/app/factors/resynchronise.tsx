/** Brings one's own token back into step by two codes that it shows one after the other. */
import { Text } from '@mantine/core'
import { portalApi, type OwnFactors, type OwnToken } from '@sallyport/contract/portal'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState, type SubmitEvent } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import { CodeInput } from './code-input.tsx'
import type { Course } from '../course/use-course.ts'

export interface TokenDialogProps {
  readonly token: OwnToken
  readonly course: Course<OwnFactors>
  readonly onClose: () => void
}

export function Resynchronise({ token: { id }, course, onClose }: TokenDialogProps) {
  const { change, failure, isBusy } = course
  const [firstCode, setFirstCode] = useState('')
  const [secondCode, setSecondCode] = useState('')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void change(() => call(portalApi.factors.resynchroniseToken, { body: { id, firstCode, secondCode } })).then(
      (done) => {
        if (!done) return
        notifyDone(t('factors.resynchronise.done'))
        onClose()
      },
    )
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={t('factors.resynchronise.title')}
      submitLabel={t('factors.resynchronise.submit')}
      onSubmit={submit}
      pending={isBusy}
    >
      {failure !== null && <Notice state="bad" role="alert" title={failure} />}
      <Text size="sm">{t('factors.resynchronise.text')}</Text>
      <CodeInput label={t('factors.resynchronise.first')} value={firstCode} onType={setFirstCode} />
      <CodeInput label={t('factors.resynchronise.second')} value={secondCode} onType={setSecondCode} />
    </FormDialog>
  )
}
