/** The dialog that changes an administrator: role, whether they may sign in, a new password. */
import { Text } from '@mantine/core'
import { changeAdministratorInput, type AdministratorView } from '@sallyport/contract'
import { FormDialog, notifyDone } from '@sallyport/ui'
import { CheckField } from '../../lib/fields.tsx'
import { useSession } from '../../lib/session.ts'
import { SecretField } from '../../lib/text-fields.tsx'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { AccountAtProvider } from './account-at-provider.tsx'
import { useChangeAdministrator } from './mutations.ts'
import { RoleField } from './role-field.tsx'
import { SignInOfAdministrator } from './sign-in-of-administrator.tsx'
import './page-words.ts'

const schema = changeAdministratorInput.omit({ version: true })

export interface EditAdministratorProps {
  /** As it stands now: it follows the list. */
  readonly administrator: AdministratorView
  readonly onClose: () => void
}

export function EditAdministrator({ administrator, onClose }: EditAdministratorProps) {
  const { id, username } = administrator
  const change = useChangeAdministrator()
  const isSelf = useSession().administrator.id === id
  const { form, notices, save } = useVersionedForm({
    ...{ schema, current: administrator, valuesOf: fieldsOf },
    save: (values, { version }) => change.mutateAsync({ ...values, id, version }),
    onSaved: () => {
      notifyDone(t('administrators.edit.done', { name: username }))
      onClose()
    },
  })
  const { control, formState } = form
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('administrators.edit.title', { name: username })}
      submitLabel={t('administrators.edit.submit')}
      onSubmit={(event) => void save(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
      submitDisabled={!formState.isDirty}
    >
      <VersionedNotices of={notices} />
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
      {administrator.openId && <AccountAtProvider id={id} username={username} />}
      {!isSelf && <SignInOfAdministrator administrator={administrator} />}
      <Text size="sm" c="dimmed">
        {t(isSelf ? 'administrators.edit.textSelf' : 'administrators.edit.text', { name: username })}
      </Text>
    </FormDialog>
  )
}

function fieldsOf({ role, enabled }: AdministratorView) {
  return { role, enabled, password: undefined }
}
