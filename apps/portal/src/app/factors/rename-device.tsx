/** Gives one's own device another name. */
import { TextInput } from '@mantine/core'
import { portalApi, type OwnFactors } from '@sallyport/contract/portal'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState, type SubmitEvent } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import type { Course } from '../course/use-course.ts'

export interface RenameDeviceProps {
  readonly id: string
  readonly before: string
  readonly course: Course<OwnFactors>
  readonly onClose: () => void
}

export function RenameDevice({ id, before, course, onClose }: RenameDeviceProps) {
  const { change, failure, isBusy } = course
  const [name, setName] = useState(before)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void change(() => call(portalApi.factors.renameDevice, { body: { id, name: name.trim() } })).then((done) => {
      if (!done) return
      notifyDone(t('factors.rename.done'))
      onClose()
    })
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={t('factors.rename.title', { name: before })}
      submitLabel={t('factors.rename.submit')}
      onSubmit={submit}
      pending={isBusy}
      submitDisabled={name.trim() === ''}
    >
      {failure !== null && <Notice state="bad" role="alert" title={failure} />}
      <TextInput
        label={t('factors.rename.name')}
        required
        maxLength={64}
        size="md"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
