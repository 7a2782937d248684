/** Log forwarding: the servers that what happens here is sent to, and how far each is behind. */
import { Button, Group, List, Text } from '@mantine/core'
import { api, type LogReceiverView } from '@sallyport/contract'
import {
  ConfirmDialog,
  DataTable,
  EmptyState,
  Notice,
  notifyDone,
  notifyFailed,
  Page,
  type DataColumn,
} from '@sallyport/ui'
import { IconPlus, IconSend, IconTransfer, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { RowButton } from '../../lib/row-button.tsx'
import { useMay } from '../../lib/session.ts'
import { language, t } from '../../lib/words.ts'
import { LogReceiverDialog } from './log-receiver-dialog.tsx'
import { logReceiversQuery, useRemoveLogReceiver } from './log-receiver-data.ts'
import { MetricsSection } from './metrics-section.tsx'
import { Progress } from './progress.tsx'
import { TestLogReceiver } from './test-log-receiver.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/log-forwarding')
const promises = ['queue', 'acknowledged', 'stream', 'udp', 'names'] as const

export function LogForwardingPage() {
  const { receiver: opened } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery(logReceiversQuery)
  const { may } = useMay(api.logReceivers.create)
  const [removing, setRemoving] = useState<LogReceiverView>()
  const [testing, setTesting] = useState<LogReceiverView>()
  const open = (receiver: string | undefined) => void navigate({ search: { receiver } })
  const rows = data?.rows
  const editing = rows?.find(({ id }) => id === opened)
  const addButton = may && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open('new')}>
      {t('log-forwarding.add')}
    </Button>
  )
  return (
    <Page title={t('log-forwarding.title')} description={t('log-forwarding.description')} action={addButton}>
      <DataTable
        label={t('log-forwarding.title')}
        columns={columns()}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => open(id)}
        openLabel={({ name }) => t('log-forwarding.open', { name })}
        {...(may && {
          rowActions: (row: LogReceiverView) => (
            <Group gap={2} wrap="nowrap">
              <RowButton
                label={t('log-forwarding.test', { name: row.name })}
                icon={<IconSend size={17} aria-hidden />}
                onPress={() => setTesting(row)}
              />
              <RowButton
                label={t('log-forwarding.remove', { name: row.name })}
                icon={<IconTrash size={17} aria-hidden />}
                onPress={() => setRemoving(row)}
              />
            </Group>
          ),
        })}
        failed={
          error === null
            ? undefined
            : { title: t('log-forwarding.failed'), detail: problemText(error), onRetry: () => void refetch() }
        }
        empty={
          <EmptyState icon={<IconTransfer size={34} stroke={1.4} />} title={t('log-forwarding.emptyTitle')}>
            {t('log-forwarding.emptyText')}
          </EmptyState>
        }
      />
      <Notice state="neutral" title={t('log-forwarding.promisesTitle')}>
        <List size="sm">
          {promises.map((promise) => (
            <List.Item key={promise}>
              {t(`log-forwarding.promise.${promise}`, { limit: (data?.limit ?? 0).toLocaleString(language()) })}
            </List.Item>
          ))}
        </List>
      </Notice>
      <MetricsSection />
      {data !== undefined && (opened === 'new' || editing !== undefined) && (
        <LogReceiverDialog key={opened} receiver={editing} onClose={() => open(undefined)} />
      )}
      {removing !== undefined && <Removal receiver={removing} onClose={() => setRemoving(undefined)} />}
      {testing !== undefined && <TestLogReceiver receiver={testing} onClose={() => setTesting(undefined)} />}
    </Page>
  )
}

function Removal({ receiver, onClose }: { readonly receiver: LogReceiverView; readonly onClose: () => void }) {
  const remove = useRemoveLogReceiver()
  const { name } = receiver
  const waiting = receiver.progress?.waiting ?? 0
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('log-forwarding.removal.title', { name })}
      confirmLabel={t('log-forwarding.removal.confirm')}
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutate(receiver, {
          onSuccess: () => notifyDone(t('log-forwarding.removal.done', { name })),
          onError: (error) => notifyFailed(t('log-forwarding.removal.failed', { name }), problemText(error)),
          onSettled: onClose,
        })
      }
    >
      {t('log-forwarding.removal.text', { count: waiting, formatted: waiting.toLocaleString(language()) })}
    </ConfirmDialog>
  )
}

/** When it is shown: the words are there then. */
const columns = (): readonly DataColumn<LogReceiverView>[] => [
  { key: 'name', header: t('log-forwarding.column.name'), cell: ({ name }) => name },
  {
    key: 'where',
    header: t('log-forwarding.column.where'),
    cell: ({ configuration }) => (
      <div style={{ overflowWrap: 'anywhere' }}>
        {configuration.transport === 'https'
          ? new URL(configuration.url).host
          : `${configuration.host}:${configuration.port}`}
        <Text size="xs" c="dimmed">
          {t(`log-forwarding.transport.${configuration.transport}`)}
        </Text>
      </div>
    ),
  },
  {
    key: 'what',
    header: t('log-forwarding.column.what'),
    cell: (row) =>
      (['signIns', 'questions', 'changes', 'accounting'] as const)
        .filter((kind) => row[kind])
        .map((kind) => t(`log-forwarding.kindShort.${kind}`))
        .join(', '),
  },
  { key: 'state', header: t('log-forwarding.column.state'), cell: (row) => <Progress receiver={row} /> },
]
