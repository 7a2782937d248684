/** What can be done with the users that are ticked, or with all that the filter finds. */
import { Button, Group, Paper, Text } from '@mantine/core'
import type { BeginUserBatchInput } from '@sallyport/contract'
import { ConfirmDialog, notifyFailed } from '@sallyport/ui'
import { useState } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { language, t } from '../../lib/words.ts'
import { BlockSelected, EditSelected } from './selected-dialogs.tsx'
import { useBeginBatch } from './batch-data.ts'
import './page-words.ts'

type Act = BeginUserBatchInput['act']
type Selection = BeginUserBatchInput['selection']
type FilterSelection = Extract<Selection, { filter: unknown }>

export interface SelectedUsersProps {
  readonly ids: readonly string[]
  readonly filter: FilterSelection['filter']
  /** All that the filter finds. */
  readonly total: number
  readonly onClear: () => void
  /** It has begun. */
  readonly onBegun: (batchId: string) => void
}

/** Beyond these, the number is typed before they are deleted. */
const deletedLightly = 20
const mostByHand = 10_000

export function SelectedUsers({ ids, filter, total, onClear, onBegun }: SelectedUsersProps) {
  const [asking, setAsking] = useState<'block' | 'edit' | 'remove'>()
  const [all, setAll] = useState(false)
  const begin = useBeginBatch()
  const close = () => setAsking(undefined)
  const count = all ? total : ids.length
  const selection: Selection = all ? { filter, count: total } : { ids: [...ids] }
  const start = (act: Act) =>
    begin.mutate(
      { selection, act },
      {
        onSuccess: ({ id }) => {
          onBegun(id)
          onClear()
        },
        onError: (error) => notifyFailed(t('user-batches.notBegun'), problemText(error)),
        onSettled: close,
      },
    )
  const values = { count, formatted: count.toLocaleString(language()) }
  const said = t(all ? 'user-batches.all' : 'user-batches.selected', values)
  const button = (name: string, press: () => void) => (
    <Button
      size="xs"
      variant="default"
      disabled={begin.isPending || (!all && ids.length > mostByHand)}
      {...(name === 'delete' && { c: 'var(--mantine-color-error)' })}
      onClick={press}
    >
      {t(`user-batches.${name}`)}
    </Button>
  )
  const change = (changes: Extract<Act, { kind: 'change' }>['changes']) => start({ kind: 'change', changes })
  return (
    <Paper withBorder p="xs" role="region" aria-label={said}>
      <Group gap="xs">
        <Text size="sm" fw={600} role="status">
          {said}
        </Text>
        {!all && total > ids.length && (
          <Button size="xs" variant="subtle" onClick={() => setAll(true)}>
            {t('user-batches.selectAll', { count: total, formatted: total.toLocaleString(language()) })}
          </Button>
        )}
        {button('enable', () => change({ enabled: true }))}
        {button('disable', () => change({ enabled: false }))}
        {button('block', () => setAsking('block'))}
        {button('unblock', () => change({ unblock: true }))}
        {button('edit', () => setAsking('edit'))}
        {button('delete', () => setAsking('remove'))}
        <Button size="xs" variant="subtle" onClick={onClear}>
          {t('user-batches.clear')}
        </Button>
      </Group>
      {asking === 'block' && (
        <BlockSelected values={values} pending={begin.isPending} onChange={change} onClose={close} />
      )}
      {asking === 'edit' && (
        <EditSelected values={values} pending={begin.isPending} onChange={change} onClose={close} />
      )}
      {asking === 'remove' && (
        <ConfirmDialog
          opened
          onClose={close}
          title={t('user-batches.deletion.title', values)}
          confirmLabel={t('user-batches.delete')}
          pending={begin.isPending}
          onConfirm={() => start({ kind: 'remove' })}
          {...(count > deletedLightly && { typeName: String(count) })}
        >
          {t('user-batches.deletion.text')}
        </ConfirmDialog>
      )}
    </Paper>
  )
}
