/** The dialog in which administrators change their own password. */
import { api, changePasswordInput } from '@sallyport/contract'
import { FormDialog, notifyDone, Notice } from '@sallyport/ui'
import { useState } from 'react'
import { z } from 'zod'
import { call } from '../../lib/api.ts'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { SecretField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import './page-words.ts'

const schema = changePasswordInput
  .extend({ repeat: z.string() })
  .refine((values) => values.newPassword === values.repeat, {
    path: ['repeat'],
    error: () => t('account.password.mismatch'),
  })

export function ChangePassword({ onClose }: { readonly onClose: () => void }) {
  const form = useSchemaForm(schema, { currentPassword: '', newPassword: '', repeat: '' })
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async ({ currentPassword, newPassword }) => {
    try {
      await call(api.session.changePassword, { body: { currentPassword, newPassword } })
    } catch (error) {
      setProblem(applyProblem(form, error))
      return
    }
    notifyDone(t('account.password.done'))
    onClose()
  })
  const { control, formState } = form
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={t('account.password.title')}
      submitLabel={t('account.password.submit')}
      onSubmit={(event) => void submit(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <SecretField
        control={control}
        name="currentPassword"
        label={t('account.password.current')}
        autoComplete="current-password"
        data-autofocus
      />
      <SecretField
        control={control}
        name="newPassword"
        label={t('account.password.new')}
        description={t('account.password.newHint')}
      />
      <SecretField control={control} name="repeat" label={t('account.password.repeat')} />
    </FormDialog>
  )
}
