/** The passkeys of the signed-in administrator: several, each with a name. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { addPasskeyInput, api, type AccountView, type PasskeyRow } from '@sallyport/contract'
import { ConfirmDialog, FormDialog, Notice, notifyDone, notifyFailed, RelativeTime, Section } from '@sallyport/ui'
import { IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useSchemaForm } from '../../lib/forms.ts'
import { makePasskey, passkeyProblem } from '../../lib/own-factors/use-passkey.ts'
import { problemText } from '../../lib/problem-text.ts'
import { RowButton } from '../../lib/row-button.tsx'
import { useSession } from '../../lib/session.ts'
import { TextField } from '../../lib/text-fields.tsx'
import { language, t } from '../../lib/words.ts'
import { useAccountChanged } from './account-data.ts'
import './page-words.ts'

export function Passkeys({ account: { passkeys } }: { readonly account: AccountView }) {
  const { passkeys: available } = useSession()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<PasskeyRow>()
  return (
    <Section
      title={t('account.passkeys.title')}
      description={t('account.passkeys.text')}
      action={
        <Button variant="default" disabled={!available} onClick={() => setAdding(true)}>
          {t('account.passkeys.add')}
        </Button>
      }
    >
      {!available && <Notice state="neutral" title={t('account.passkeys.unavailable')} />}
      {available && passkeys.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('account.passkeys.none')}
        </Text>
      )}
      <Stack gap="xs">
        {passkeys.map((row) => (
          <Group key={row.id} justify="space-between">
            <Text size="sm">
              {row.name} ·{' '}
              <Text component="span" size="sm" c="dimmed">
                {t('account.passkeys.lastUsed')} <RelativeTime at={row.lastUsedAt} locale={language()} />
              </Text>
            </Text>
            <RowButton
              label={t('account.passkeys.removeOne', { name: row.name })}
              icon={<IconTrash size={17} aria-hidden />}
              onPress={() => setRemoving(row)}
            />
          </Group>
        ))}
      </Stack>
      {adding && <AddPasskey onClose={() => setAdding(false)} />}
      {removing !== undefined && <RemovePasskey passkey={removing} onClose={() => setRemoving(undefined)} />}
    </Section>
  )
}

function AddPasskey({ onClose }: { readonly onClose: () => void }) {
  const form = useSchemaForm(addPasskeyInput.pick({ name: true }), { name: '' })
  const changed = useAccountChanged()
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async ({ name }) => {
    setProblem(undefined)
    try {
      await makePasskey(name)
    } catch (error) {
      setProblem(passkeyProblem(error))
      return
    }
    notifyDone(t('account.passkeys.added', { name }))
    onClose()
    await changed()
  })
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={t('account.passkeys.add')}
      submitLabel={t('account.passkeys.submit')}
      onSubmit={(event) => void submit(event)}
      pending={form.formState.isSubmitting}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <TextField
        control={form.control}
        name="name"
        label={t('account.passkeys.name')}
        description={t('account.passkeys.nameHint')}
        data-autofocus
      />
    </FormDialog>
  )
}

function RemovePasskey({
  passkey: { id, name },
  onClose,
}: {
  readonly passkey: PasskeyRow
  readonly onClose: () => void
}) {
  const changed = useAccountChanged()
  const remove = useMutation({
    mutationFn: () => call(api.account.removePasskey, { params: { id } }),
    onSuccess: () => notifyDone(t('account.passkeys.removed', { name })),
    onError: (error) => notifyFailed(t('account.passkeys.notRemoved', { name }), problemText(error)),
    onSettled: () => {
      onClose()
      return changed()
    },
  })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('account.passkeys.removeTitle', { name })}
      confirmLabel={t('account.passkeys.remove')}
      pending={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      {t('account.passkeys.removeText')}
    </ConfirmDialog>
  )
}
