/** A user's password for the target *Built-in users*: whether there is one, set it, remove it. It is never shown. */
import { Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { api, newUserPassword, type UserView } from '@sallyport/contract'
import { ConfirmDialog, FormDialog, Notice, notifyDone, notifyFailed, RelativeTime, Section } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { language, t } from '../../lib/words.ts'
import { useRemovePassword, useSetPassword } from './mutations.ts'
import { PasswordFields } from './password-fields.tsx'
import './page-words.ts'

export function UserPassword({ user }: { readonly user: UserView }) {
  const [setting, { open: set, close: closeSet }] = useDisclosure(false)
  const [removing, { open: remove, close: closeRemove }] = useDisclosure(false)
  const { password } = user
  return (
    <Section
      title={t('users.password.title')}
      description={t('users.password.description')}
      action={
        <Group gap="xs">
          {password !== null && (
            <GuardedButton needs={api.builtIn.removePassword} variant="default" onClick={remove}>
              {t('users.password.remove')}
            </GuardedButton>
          )}
          <GuardedButton needs={api.builtIn.setPassword} variant="default" onClick={set}>
            {t(password === null ? 'users.password.set' : 'users.password.reset')}
          </GuardedButton>
        </Group>
      }
    >
      {password === null ? (
        <Text size="sm" c="dimmed">
          {t('users.password.none')}
        </Text>
      ) : (
        <Text size="sm">
          {t('users.password.since')} <RelativeTime at={password.changedAt} locale={language()} />.{' '}
          {t(password.hasNtHash ? 'users.password.ntHash' : 'users.password.papOnly')}{' '}
          {password.mustChange && t('users.password.mustChangeNow')}
        </Text>
      )}
      {setting && <SetPassword user={user} onClose={closeSet} />}
      {removing && <RemovePassword user={user} onClose={closeRemove} />}
    </Section>
  )
}

interface DialogProps {
  readonly user: UserView
  readonly onClose: () => void
}

function SetPassword({ user, onClose }: DialogProps) {
  const form = useSchemaForm(newUserPassword, { password: '', mustChange: false })
  const set = useSetPassword()
  const [problem, setProblem] = useState<string>()
  const name = user.username
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      await set.mutateAsync({ id: user.id, ...values })
      notifyDone(t('users.password.done', { name }))
      onClose()
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('users.password.dialog', { name })}
      submitLabel={t('users.password.set')}
      onSubmit={(event) => void submit(event)}
      pending={form.formState.isSubmitting}
      dirty={form.formState.isDirty}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <PasswordFields control={form.control} names={{ password: 'password', mustChange: 'mustChange' }} />
    </FormDialog>
  )
}

function RemovePassword({ user, onClose }: DialogProps) {
  const remove = useRemovePassword()
  const name = user.username
  const confirm = () =>
    remove.mutate(user.id, {
      onSuccess: () => notifyDone(t('users.password.removed', { name })),
      onError: (error) => notifyFailed(t('users.password.notRemoved', { name }), problemText(error)),
      onSettled: onClose,
    })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('users.password.removeTitle', { name })}
      confirmLabel={t('users.password.remove')}
      pending={remove.isPending}
      onConfirm={confirm}
    >
      {t('users.password.removeText', { name })}
    </ConfirmDialog>
  )
}
