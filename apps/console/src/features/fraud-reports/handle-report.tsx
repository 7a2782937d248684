/** Marks one fraud report as handled, with a note of what was found. */
import { Text } from '@mantine/core'
import { api, type FraudReportView } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { TextLink } from '../../lib/links.tsx'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useHandleFraudReport } from './fraud-report-data.ts'
import './page-words.ts'

export function HandleReport({ report, onClose }: { readonly report: FraudReportView; readonly onClose: () => void }) {
  const { id, user, blocked } = report
  const name = user.username
  const form = useSchemaForm(api.people.handleFraudReport.body, { note: '' })
  const handle = useHandleFraudReport(id)
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      await handle.mutateAsync(values)
      notifyDone(t('fraud-reports.handling.done', { name }))
      onClose()
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  const { control, formState } = form
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('fraud-reports.handling.title', { name })}
      submitLabel={t('fraud-reports.handling.submit')}
      onSubmit={(event) => void submit(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <Text size="sm">{t('fraud-reports.handling.text')}</Text>
      {blocked && user.exists && (
        <Notice state="warning" title={t('fraud-reports.handling.blockStays', { name })}>
          <TextLink to="/users/$id" params={{ id: user.id }}>
            {t('fraud-reports.handling.toUser', { name })}
          </TextLink>
        </Notice>
      )}
      <TextField
        control={control}
        name="note"
        label={t('fraud-reports.handling.note')}
        description={t('fraud-reports.handling.noteHint')}
        maxLength={500}
        autoComplete="off"
        data-autofocus
      />
    </FormDialog>
  )
}
