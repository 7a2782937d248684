/** The dialog *Add API token*, and the token, which is shown once. */
import { createApiTokenInput, role } from '@sallyport/contract'
import { CopyText, FormDialog, Notice } from '@sallyport/ui'
import { useState } from 'react'
import { NumberField, SelectField } from '../../lib/fields.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { ShownOnce } from '../../lib/shown-once.tsx'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useCreateApiToken } from './api-token-data.ts'
import './page-words.ts'

export function AddApiToken({ onClose }: { readonly onClose: () => void }) {
  const form = useSchemaForm(createApiTokenInput, { name: '', role: 'auditor', expiresInDays: 90 })
  const create = useCreateApiToken()
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      await create.mutateAsync(values)
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  if (create.data !== undefined) {
    return (
      <ShownOnce
        title={t('api-tokens.shown.title', { name: create.data.row.name })}
        once={t('api-tokens.shown.once')}
        onceText={t('api-tokens.shown.text')}
        doneLabel={t('api-tokens.shown.done')}
        onClose={onClose}
      >
        <CopyText value={create.data.token} />
      </ShownOnce>
    )
  }
  const { control, formState } = form
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('api-tokens.add')}
      submitLabel={t('api-tokens.submit')}
      onSubmit={(event) => void submit(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <TextField
        control={control}
        name="name"
        label={t('api-tokens.name')}
        description={t('api-tokens.nameHint')}
        data-autofocus
      />
      <SelectField
        control={control}
        name="role"
        label={t('api-tokens.role')}
        description={t('api-tokens.roleHint')}
        data={role.options.map((value) => ({ value, label: t(`app.role.${value}`) }))}
      />
      <NumberField
        control={control}
        name="expiresInDays"
        label={t('api-tokens.days')}
        description={t('api-tokens.daysHint')}
        allowDecimal={false}
        maw="16rem"
      />
    </FormDialog>
  )
}
