/** The dialog *Add user*; afterwards the new user opens, where they get their token. */
import { createUserInput, type CreateUserInput } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { t } from '../../lib/words.ts'
import { InitialPassword } from './initial-password.tsx'
import { useCreateUser } from './mutations.ts'
import { UserFields } from './user-fields.tsx'
import './page-words.ts'

export interface AddUserProps {
  readonly onClose: () => void
  readonly onAdded: (id: string) => void
}

const blank: CreateUserInput = { username: '', firstName: '', lastName: '', email: '', description: '', enabled: true }

export function AddUser({ onClose, onAdded }: AddUserProps) {
  const form = useSchemaForm(createUserInput, blank)
  const create = useCreateUser()
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      const user = await create.mutateAsync(values)
      notifyDone(t('users.add.done', { name: user.username }))
      onAdded(user.id)
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('users.add.title')}
      submitLabel={t('users.add.submit')}
      onSubmit={(event) => void submit(event)}
      pending={form.formState.isSubmitting}
      dirty={form.formState.isDirty}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <UserFields control={form.control} focused />
      <InitialPassword form={form} />
    </FormDialog>
  )
}
