/** The second step of a text or a mail: the code that came. */
import { Anchor, Group, Text } from '@mantine/core'
import { portalApi, type ContactPlace, type OwnContact } from '@sallyport/contract/portal'
import { FormDialog, Notice } from '@sallyport/ui'
import { useState, type SubmitEvent } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import type { Course } from '../course/use-course.ts'
import { CodeInput } from '../factors/code-input.tsx'

export interface TypeCodeProps {
  readonly title: string
  readonly place: ContactPlace
  /** Where the code went, as it was entered. */
  readonly to: string
  readonly course: Course<OwnContact>
  readonly onDone: () => void
  /** To enter it again, or to have another code sent. */
  readonly onBack: () => void
  readonly onClose: () => void
}

export function TypeCode({ title, place, to, course, onDone, onBack, onClose }: TypeCodeProps) {
  const [code, setCode] = useState('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (await course.change(() => call(portalApi.contact.confirm, { body: { place, code } }))) onDone()
    else setCode('')
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={title}
      submitLabel={t('contact.confirm')}
      onSubmit={(event) => void submit(event)}
      pending={course.isBusy}
    >
      {course.failure !== null && <Notice state="bad" role="alert" title={course.failure} />}
      <Text style={{ overflowWrap: 'anywhere' }}>{t('contact.sentTo', { to })}</Text>
      <CodeInput
        label={t('contact.code')}
        description={t('contact.codeHint')}
        value={code}
        onType={setCode}
        autoFocus
      />
      <Group>
        <Anchor component="button" type="button" size="sm" onClick={onBack}>
          {t('contact.again')}
        </Anchor>
      </Group>
    </FormDialog>
  )
}
