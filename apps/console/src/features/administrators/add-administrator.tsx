/** The dialog *Add administrator*. */
import { createAdministratorInput } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useCreateAdministrator } from './mutations.ts'
import { RoleField } from './role-field.tsx'
import './page-words.ts'

export function AddAdministrator({ onClose }: { readonly onClose: () => void }) {
  const form = useSchemaForm(createAdministratorInput, { username: '', role: 'operator', password: '' })
  const create = useCreateAdministrator()
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      const { username } = await create.mutateAsync(values)
      notifyDone(t('administrators.add.done', { name: username }))
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
      title={t('administrators.add.title')}
      submitLabel={t('administrators.add.submit')}
      onSubmit={(event) => void submit(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <TextField
        control={control}
        name="username"
        label={t('administrators.column.username')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        data-autofocus
      />
      <RoleField control={control} name="role" />
      <SecretField
        control={control}
        name="password"
        label={t('administrators.field.password')}
        description={t('administrators.field.passwordHint')}
        generatedLength={20}
      />
    </FormDialog>
  )
}
