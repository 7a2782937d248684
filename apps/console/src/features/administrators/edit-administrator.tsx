/** The dialog that changes an administrator: role, whether they may sign in, a new password. */
import { Text } from '@mantine/core'
import { changeAdministratorInput, type AdministratorView } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { ChangedMeanwhile } from '../../lib/changed-meanwhile.tsx'
import { CheckField } from '../../lib/fields.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { useSession } from '../../lib/session.ts'
import { SecretField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useChangeAdministrator } from './mutations.ts'
import { RoleField } from './role-field.tsx'
import { SignInOfAdministrator } from './sign-in-of-administrator.tsx'
import './page-words.ts'

export interface EditAdministratorProps {
  /** As it stands now: it follows the list. */
  readonly administrator: AdministratorView
  readonly onClose: () => void
}

export function EditAdministrator({ administrator, onClose }: EditAdministratorProps) {
  const { id, username } = administrator
  const form = useSchemaForm(changeAdministratorInput, fieldsOf(administrator))
  const change = useChangeAdministrator()
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const isSelf = useSession().administrator.id === id
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    setConflict(false)
    try {
      await change.mutateAsync({ ...values, id })
      notifyDone(t('administrators.edit.done', { name: username }))
      onClose()
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'changed-meanwhile') setConflict(true)
      else setProblem(applyProblem(form, error))
    }
  })
  const saveMine = () => {
    form.setValue('version', administrator.version)
    return submit()
  }
  const takeTheirs = () => {
    setConflict(false)
    form.reset(fieldsOf(administrator))
  }
  const { control, formState } = form
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('administrators.edit.title', { name: username })}
      submitLabel={t('administrators.edit.submit')}
      onSubmit={(event) => void submit(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
      submitDisabled={!formState.isDirty}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      {conflict && (
        <ChangedMeanwhile
          form={form}
          theirs={fieldsOf(administrator)}
          onTakeTheirs={takeTheirs}
          onSaveMine={() => void saveMine()}
        />
      )}
      <RoleField control={control} name="role" />
      <CheckField control={control} name="enabled" label={t('administrators.field.enabled')} />
      <SecretField
        control={control}
        name="password"
        emptyIsAbsent
        label={t('administrators.field.newPassword')}
        description={t('administrators.field.newPasswordHint')}
        generatedLength={20}
      />
      {!isSelf && <SignInOfAdministrator administrator={administrator} />}
      <Text size="sm" c="dimmed">
        {t(isSelf ? 'administrators.edit.textSelf' : 'administrators.edit.text', { name: username })}
      </Text>
    </FormDialog>
  )
}

function fieldsOf({ role, enabled, version }: AdministratorView) {
  return { role, enabled, version, password: undefined }
}
