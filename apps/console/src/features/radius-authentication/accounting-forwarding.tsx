/** What waits to be forwarded to the servers of the target, since when, and giving it up. */
import { Button, Group, Text, Title } from '@mantine/core'
import { api, type AccountingForwardingView } from '@sallyport/contract'
import { ConfirmDialog, Notice, notifyDone, notifyFailed, RelativeTime, StatusDot } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { language, t } from '../../lib/words.ts'
import { accountingForwardingQuery, useDiscardAccounting } from './accounting-forwarding-data.ts'
import './page-words.ts'

/** Nothing where no server takes accounting and none waits. */
export function AccountingForwarding() {
  const { data, isError, error } = useQuery(accountingForwardingQuery)
  const { may } = useMay(api.accountingForwarding.discard)
  const [asking, setAsking] = useState(false)
  if (data === undefined) {
    if (!isError) return null
    return (
      <Notice state="bad" title={word('failed')}>
        {problemText(error)}
      </Notice>
    )
  }
  if (!data.taken && data.waiting === 0) return null
  return (
    <div>
      <Title order={3} mb="xs">
        {word('title')}
      </Title>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Waiting view={data} />
        {may && data.waiting > 0 && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {word('discard')}
          </Button>
        )}
      </Group>
      {asking && <Discard view={data} onClose={() => setAsking(false)} />}
    </div>
  )
}

function Waiting({ view }: { readonly view: AccountingForwardingView }) {
  const { waiting, limit, since, refusedSessions, taken } = view
  if (waiting === 0) {
    return (
      <Text size="sm" c="dimmed" maw="46rem">
        {word('none')}
      </Text>
    )
  }
  const isFull = waiting >= limit
  return (
    <div style={{ flex: '1 1 16rem', maxWidth: '46rem' }}>
      <StatusDot state={isFull ? 'bad' : isOld(since) || !taken ? 'warning' : 'neutral'}>
        {word('waits', counted(waiting))}
        {since !== null && (
          <Text span c="dimmed" size="sm">
            {', '}
            {word('oldest')} <RelativeTime at={since} locale={language()} />
          </Text>
        )}
      </StatusDot>
      <Text size="sm" c="dimmed">
        {word('text')}
      </Text>
      {isFull && <Text size="sm">{word('full', { formatted: limit.toLocaleString(language()) })}</Text>}
      {!taken && <Text size="sm">{word('untaken')}</Text>}
      {refusedSessions > 0 && <Text size="sm">{word('refused', counted(refusedSessions))}</Text>}
    </div>
  )
}

function Discard({ view, onClose }: { readonly view: AccountingForwardingView; readonly onClose: () => void }) {
  const discard = useDiscardAccounting()
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={word('discardTitle')}
      confirmLabel={word('discardConfirm')}
      pending={discard.isPending}
      onConfirm={() =>
        discard.mutate(undefined, {
          onSuccess: () => notifyDone(word('discarded')),
          onError: (error) => notifyFailed(word('notDiscarded'), problemText(error)),
          onSettled: onClose,
        })
      }
    >
      {word('discardText', counted(view.waiting))}
    </ConfirmDialog>
  )
}

const oldMs = 10 * 60_000

function isOld(since: string | null): boolean {
  return since !== null && Date.now() - Date.parse(since) >= oldMs
}

function counted(count: number) {
  return { count, formatted: count.toLocaleString(language()) }
}

function word(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  return t(`radius-servers.forwarding.${key}`, values)
}
