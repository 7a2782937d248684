/** A user's PIN: whether there is one, set an initial one, remove it. It is never shown. */
import { Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { api, setPinInput, type UserView } from '@sallyport/contract'
import { ConfirmDialog, FormDialog, Notice, notifyDone, notifyFailed, RelativeTime, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { SecretField } from '../../lib/text-fields.tsx'
import { language, t } from '../../lib/words.ts'
import { useRemovePin, useSetPin } from './mutations.ts'
import { standingQuery } from './standing-query.ts'
import './page-words.ts'

/** Nothing where what stands for the user did not come: the section about that says so, and asks again. */
export function UserPin({ user }: { readonly user: UserView }) {
  const [setting, { open: set, close: closeSet }] = useDisclosure(false)
  const [removing, { open: remove, close: closeRemove }] = useDisclosure(false)
  const { data } = useQuery(standingQuery(user.id))
  if (data === undefined) return null
  const { pin } = data
  return (
    <Section
      title={t('user-factors.pin.title')}
      description={t('user-factors.pin.description')}
      action={
        <Group gap="xs">
          {pin !== null && (
            <GuardedButton needs={api.people.removePin} variant="default" onClick={remove}>
              {t('user-factors.pin.remove')}
            </GuardedButton>
          )}
          <GuardedButton needs={api.people.setPin} variant="default" onClick={set}>
            {t(pin === null ? 'user-factors.pin.set' : 'user-factors.pin.reset')}
          </GuardedButton>
        </Group>
      }
    >
      {pin === null ? (
        <Text size="sm" c="dimmed">
          {t('user-factors.pin.none')}
        </Text>
      ) : (
        <Text size="sm">
          {t(pin.mustChange ? 'user-factors.pin.setSince' : 'user-factors.pin.chosenSince')}{' '}
          <RelativeTime at={pin.changedAt} locale={language()} />.{' '}
          {pin.mustChange && t('user-factors.pin.mustChangeNow')}
        </Text>
      )}
      {setting && <SetPin user={user} onClose={closeSet} />}
      {removing && <RemovePin user={user} onClose={closeRemove} />}
    </Section>
  )
}

interface DialogProps {
  readonly user: UserView
  readonly onClose: () => void
}

function SetPin({ user: { id, username: name }, onClose }: DialogProps) {
  const form = useSchemaForm(setPinInput, { pin: '' })
  const set = useSetPin(id)
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      await set.mutateAsync(values)
      notifyDone(t('user-factors.pin.done', { name }))
      onClose()
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('user-factors.pin.dialog', { name })}
      submitLabel={t('user-factors.pin.set')}
      onSubmit={(event) => void submit(event)}
      pending={form.formState.isSubmitting}
      dirty={form.formState.isDirty}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <SecretField
        control={form.control}
        name="pin"
        label={t('user-factors.pin.field')}
        description={t('user-factors.pin.fieldHint')}
        inputMode="numeric"
        maxLength={12}
        data-autofocus
      />
    </FormDialog>
  )
}

function RemovePin({ user: { id, username: name }, onClose }: DialogProps) {
  const remove = useRemovePin(id)
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => notifyDone(t('user-factors.pin.removed', { name })),
      onError: (error) => notifyFailed(t('user-factors.pin.notRemoved', { name }), problemText(error)),
      onSettled: onClose,
    })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('user-factors.pin.removeTitle', { name })}
      confirmLabel={t('user-factors.pin.remove')}
      pending={remove.isPending}
      onConfirm={confirm}
    >
      {t('user-factors.pin.removeText', { name })}
    </ConfirmDialog>
  )
}
