/** What can be done with the tokens that are ticked: assign them to one user, unassign or delete them. */
import { Button, Group, Paper, Text } from '@mantine/core'
import { ConfirmDialog, FormDialog, Notice, notifyDone, notifyFailed } from '@sallyport/ui'
import { IconTrash, IconUserMinus, IconUserPlus } from '@tabler/icons-react'
import { useState, type SubmitEvent } from 'react'
import { useAssignTokens, useRemoveTokens } from '../../lib/oath-tokens/mutations.ts'
import { problemText } from '../../lib/problem-text.ts'
import { UserSelect, type ChosenUser } from '../../lib/users/user-select.tsx'
import { t } from '../../lib/words.ts'
import '../../lib/oath-tokens/page-words.ts'

interface SelectedTokensProps {
  readonly ids: readonly string[]
  readonly onDone: () => void
}

/** The contract's own limit. */
const mostAtOnce = 1000

export function SelectedTokens({ ids, onDone }: SelectedTokensProps) {
  const [asking, setAsking] = useState<'assign' | 'unassign' | 'remove'>()
  const close = () => setAsking(undefined)
  const tooMany = ids.length > mostAtOnce
  return (
    <Paper withBorder p="xs" role="region" aria-label={t('oath-tokens.selection.count', { count: ids.length })}>
      <Group gap="xs">
        <Text size="sm" fw={600} role="status">
          {t('oath-tokens.selection.count', { count: ids.length })}
        </Text>
        {tooMany && <Text size="sm">{t('oath-tokens.selection.most')}</Text>}
        <Button
          size="xs"
          variant="default"
          disabled={tooMany}
          leftSection={<IconUserPlus size={14} aria-hidden />}
          onClick={() => setAsking('assign')}
        >
          {t('oath-tokens.selection.assign')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={tooMany}
          leftSection={<IconUserMinus size={14} aria-hidden />}
          onClick={() => setAsking('unassign')}
        >
          {t('oath-tokens.selection.unassign')}
        </Button>
        <Button
          size="xs"
          variant="default"
          c="var(--mantine-color-error)"
          disabled={tooMany}
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={() => setAsking('remove')}
        >
          {t('oath-tokens.selection.remove')}
        </Button>
        <Button size="xs" variant="subtle" onClick={onDone}>
          {t('oath-tokens.selection.clear')}
        </Button>
      </Group>
      {asking === 'assign' && <AssignSelected ids={ids} onDone={onDone} onClose={close} />}
      {asking !== undefined && asking !== 'assign' && (
        <ConfirmSelected act={asking} ids={ids} onDone={onDone} onClose={close} />
      )}
    </Paper>
  )
}

function AssignSelected({ ids, onDone, onClose }: SelectedTokensProps & { readonly onClose: () => void }) {
  const [user, setUser] = useState<ChosenUser | null>(null)
  const assign = useAssignTokens()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (user === null) return
    assign.mutate(
      { ids: [...ids], userId: user.id },
      {
        onSuccess: ({ count }) => {
          notifyDone(t('oath-tokens.selection.assigned', { count, name: user.username }))
          onDone()
        },
      },
    )
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={t('oath-tokens.selection.assignTitle', { count: ids.length })}
      submitLabel={t('oath-tokens.selection.assign')}
      onSubmit={submit}
      pending={assign.isPending}
      submitDisabled={user === null}
    >
      {assign.error !== null && <Notice state="bad" role="alert" title={problemText(assign.error)} />}
      <UserSelect label={t('oath-tokens.assign.user')} value={user} onChange={setUser} focused />
    </FormDialog>
  )
}

function ConfirmSelected(
  props: SelectedTokensProps & { readonly act: 'unassign' | 'remove'; readonly onClose: () => void },
) {
  const { act, ids, onDone, onClose } = props
  const assign = useAssignTokens()
  const remove = useRemoveTokens()
  // Tokens that go take this dialog with them: what is to be said then may not hang on it.
  const confirm = async () => {
    try {
      const { count } =
        act === 'remove' ? await remove.mutateAsync(ids) : await assign.mutateAsync({ ids: [...ids], userId: null })
      notifyDone(t(`oath-tokens.selection.${act === 'remove' ? 'removed' : 'unassigned'}`, { count }))
      onDone()
    } catch (error) {
      notifyFailed(t('oath-tokens.selection.failed'), problemText(error))
    }
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(`oath-tokens.selection.${act}Title`, { count: ids.length })}
      confirmLabel={t(`oath-tokens.selection.${act}`)}
      pending={assign.isPending || remove.isPending}
      onConfirm={() => void confirm()}
    >
      {t(`oath-tokens.selection.${act}Text`)}
    </ConfirmDialog>
  )
}
