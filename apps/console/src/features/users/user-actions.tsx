/** What can be done with a user as a whole: enable, disable, delete. */
import { Group, Switch, Tooltip } from '@mantine/core'
import { api, type UserView } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed } from '@sallyport/ui'
import { IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useDisclosure } from '@mantine/hooks'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { TestSignInButton } from '../../lib/test-sign-in-link.tsx'
import { t } from '../../lib/words.ts'
import { useChangeUser, useRemoveUser } from './mutations.ts'
import './page-words.ts'

export function UserActions({ user }: { readonly user: UserView }) {
  const [removing, { open, close }] = useDisclosure(false)
  return (
    <Group gap="md">
      <EnabledSwitch user={user} />
      <TestSignInButton user={user.username} />
      <GuardedButton
        needs={api.users.remove}
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={open}
      >
        {t('users.remove.open')}
      </GuardedButton>
      {removing && <RemoveUser user={user} onClose={close} />}
    </Group>
  )
}

function EnabledSwitch({ user }: { readonly user: UserView }) {
  const change = useChangeUser()
  const { may, reason } = useMay(api.users.change)
  const { id, username, firstName, lastName, email, description, version } = user
  const set = (enabled: boolean) =>
    change.mutate(
      { id, username, firstName, lastName, email, description, version, enabled },
      {
        onSuccess: () => notifyDone(t(enabled ? 'users.enabled.on' : 'users.enabled.off', { name: username })),
        onError: (error) => notifyFailed(t('users.enabled.failed', { name: username }), problemText(error)),
      },
    )
  return (
    <Tooltip label={may ? t('users.enabled.hint') : reason}>
      <span>
        <Switch
          label={t('users.enabled.label')}
          checked={change.isPending ? change.variables.enabled : user.enabled}
          disabled={!may}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      </span>
    </Tooltip>
  )
}

function RemoveUser({ user, onClose }: { readonly user: UserView; readonly onClose: () => void }) {
  const remove = useRemoveUser()
  const navigate = useNavigate()
  const { username: name, tokenCount } = user
  const confirm = async () => {
    try {
      await remove.mutateAsync(user)
    } catch (error) {
      notifyFailed(t('users.remove.failed', { name }), problemText(error))
      onClose()
      return
    }
    notifyDone(t('users.remove.done', { name }))
    // Typed changes of somebody who is gone need no question.
    await navigate({ to: '/users', ignoreBlocker: true })
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('users.remove.title', { name })}
      confirmLabel={t('users.remove.confirm')}
      pending={remove.isPending}
      onConfirm={() => void confirm()}
    >
      {tokenCount === 0
        ? t('users.remove.textNoTokens', { name })
        : t('users.remove.text', { name, count: tokenCount })}
    </ConfirmDialog>
  )
}
