/** How far a change of many users is, what it came to, and the button that takes it back. */
import { Button, Group, List, Progress, Stack, Text } from '@mantine/core'
import { api, type UserBatchView } from '@sallyport/contract'
import { ErrorPanel, Notice, notifyFailed } from '@sallyport/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { language, t } from '../../lib/words.ts'
import { userBatchQuery, useUndoBatch } from './batch-data.ts'
import './page-words.ts'

export interface BatchProgressProps {
  readonly id: string
  /** Another one to watch, or none. */
  readonly onWatch: (id: string | undefined) => void
}

export function BatchProgress({ id, onWatch }: BatchProgressProps) {
  const { data: batch, error } = useQuery(userBatchQuery(id))
  const queryClient = useQueryClient()
  const ended = batch !== undefined && batch.state !== 'running'
  useEffect(() => {
    if (!ended) return
    for (const root of [queryRoots.users, queryRoots.status, queryRoots.changes, queryRoots.oathTokens])
      void queryClient.invalidateQueries({ queryKey: [root] })
  }, [ended, queryClient])
  if (batch === undefined)
    return (
      error && (
        <ErrorPanel title={t('user-batches.failed')} detail={problemText(error)} onRetry={() => onWatch(undefined)} />
      )
    )
  return (
    <div role="status">
      <Notice
        state={batch.state === 'stopped' || batch.notBroughtBack.length > 0 ? 'warning' : 'neutral'}
        title={titleOf(batch)}
        action={
          ended && (
            <Group gap="xs">
              {batch.undoUntil !== null && <Undo batch={batch} onWatch={onWatch} />}
              <Button variant="subtle" size="xs" onClick={() => onWatch(undefined)}>
                {t('user-batches.close')}
              </Button>
            </Group>
          )
        }
      >
        <Stack gap={4}>
          {!ended && (
            <Progress
              value={(100 * batch.done) / Math.max(1, batch.total)}
              aria-label={titleOf(batch)}
              transitionDuration={200}
            />
          )}
          {batch.state === 'stopped' && <Text size="sm">{t('user-batches.stoppedText', numbers(batch))}</Text>}
          {ended && batch.kind !== 'undo' && batch.changed < batch.done && (
            <Text size="sm">{t('user-batches.wereSo', { count: batch.done - batch.changed })}</Text>
          )}
          {batch.notBroughtBack.length > 0 && (
            <List size="sm">
              {batch.notBroughtBack.map(({ username, problem }) => (
                <List.Item key={username}>
                  {username}: {t(`user-batches.problem.${problem}`)}
                </List.Item>
              ))}
            </List>
          )}
        </Stack>
      </Notice>
    </div>
  )
}

function Undo({ batch, onWatch }: { readonly batch: UserBatchView; readonly onWatch: BatchProgressProps['onWatch'] }) {
  const undo = useUndoBatch()
  return (
    <GuardedButton
      needs={api.userBatches.undo}
      variant="default"
      size="xs"
      loading={undo.isPending}
      onClick={() =>
        undo.mutate(batch.id, {
          onSuccess: ({ id }) => onWatch(id),
          onError: (error) => notifyFailed(t('user-batches.notUndone'), problemText(error)),
        })
      }
    >
      {t('user-batches.takeBack')}
    </GuardedButton>
  )
}

function titleOf(batch: UserBatchView): string {
  return t(`user-batches.${batch.kind}.${batch.state === 'running' ? 'running' : 'ended'}`, {
    count: batch.changed,
    ...numbers(batch),
  })
}

function numbers({ done, total, changed }: UserBatchView) {
  const text = (number: number) => number.toLocaleString(language())
  return { done: text(done), total: text(total), changed: text(changed) }
}
