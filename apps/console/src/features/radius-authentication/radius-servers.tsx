/** The list of RADIUS servers in their order, each with its state as it is now. */
import { Button, Group, Text, Title } from '@mantine/core'
import { api, type RadiusServerView } from '@sallyport/contract'
import {
  ConfirmDialog,
  CopyText,
  DataTable,
  EmptyState,
  notifyDone,
  notifyFailed,
  RelativeTime,
  StatusDot,
  type DataColumn,
  type StateKind,
} from '@sallyport/ui'
import { IconArrowDown, IconArrowUp, IconPlugConnected, IconPlus, IconServer2, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { RowButton } from '../../lib/row-button.tsx'
import { useMay } from '../../lib/session.ts'
import { language, sentence, t } from '../../lib/words.ts'
import { radiusServerName, radiusServersQuery, useMoveServer, useRemoveServer } from './radius-server-data.ts'
import { RadiusServerDialog } from './radius-server-dialog.tsx'
import { TestRadiusServer } from './test-radius-server.tsx'
import './page-words.ts'

export function RadiusServers() {
  const servers = useQuery(radiusServersQuery)
  const { may } = useMay(api.radiusServers.create)
  const [opened, setOpened] = useState<string>()
  const [removing, setRemoving] = useState<RadiusServerView>()
  const [testing, setTesting] = useState<RadiusServerView>()
  const rows = servers.data?.rows
  const editing = rows?.find(({ id }) => id === opened)
  const addButton = may && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpened('new')}>
      {t('radius-servers.add')}
    </Button>
  )
  return (
    <div>
      <Group justify="space-between" mb="xs">
        <Title order={3}>{t('radius-servers.title')}</Title>
        {addButton}
      </Group>
      <Text size="sm" c="dimmed" mb="sm" maw="46rem">
        {t('radius-servers.text')}
      </Text>
      <DataTable
        label={t('radius-servers.title')}
        columns={columns()}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpened(id)}
        openLabel={(row) => t('radius-servers.open', { place: row.place, name: radiusServerName(row) })}
        {...(may && {
          rowActions: (server: RadiusServerView) => (
            <ServerActions
              server={server}
              isLast={rows?.at(-1)?.id === server.id}
              onTest={() => setTesting(server)}
              onRemove={() => setRemoving(server)}
            />
          ),
        })}
        failed={
          servers.isError
            ? {
                title: t('radius-servers.failed'),
                detail: problemText(servers.error),
                onRetry: () => void servers.refetch(),
              }
            : undefined
        }
        empty={
          <EmptyState
            icon={<IconServer2 size={34} stroke={1.4} />}
            title={t('radius-servers.emptyTitle')}
            action={addButton}
          >
            {t('radius-servers.emptyText')}
          </EmptyState>
        }
      />
      {(opened === 'new' || editing !== undefined) && (
        <RadiusServerDialog key={opened} server={editing} onClose={() => setOpened(undefined)} />
      )}
      {removing !== undefined && <RemoveServer server={removing} onClose={() => setRemoving(undefined)} />}
      {testing !== undefined && <TestRadiusServer server={testing} onClose={() => setTesting(undefined)} />}
    </div>
  )
}

interface ServerActionsProps {
  readonly server: RadiusServerView
  readonly isLast: boolean
  readonly onTest: () => void
  readonly onRemove: () => void
}

function ServerActions({ server, isLast, onTest, onRemove }: ServerActionsProps) {
  const move = useMoveServer()
  const name = radiusServerName(server)
  const go = (direction: 'up' | 'down') => () =>
    move.mutate(
      { id: server.id, direction },
      { onError: (error) => notifyFailed(t('radius-servers.notMoved', { name }), problemText(error)) },
    )
  const button = (key: 'up' | 'down' | 'test' | 'remove', icon: ReactNode, press: () => void, disabled = false) => (
    <RowButton label={t(`radius-servers.${key}`, { name })} icon={icon} onPress={press} disabled={disabled} />
  )
  return (
    <Group gap={2} wrap="nowrap">
      {button('up', <IconArrowUp size={17} aria-hidden />, go('up'), server.place === 1 || move.isPending)}
      {button('down', <IconArrowDown size={17} aria-hidden />, go('down'), isLast || move.isPending)}
      {button('test', <IconPlugConnected size={17} aria-hidden />, onTest)}
      {button('remove', <IconTrash size={17} aria-hidden />, onRemove)}
    </Group>
  )
}

function RemoveServer({ server, onClose }: { readonly server: RadiusServerView; readonly onClose: () => void }) {
  const remove = useRemoveServer()
  const name = radiusServerName(server)
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('radius-servers.removal.title', { name })}
      confirmLabel={t('radius-servers.removal.confirm')}
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutate(server, {
          onSuccess: () => notifyDone(t('radius-servers.removal.done', { name })),
          onError: (error) => notifyFailed(t('radius-servers.removal.failed', { name }), problemText(error)),
          onSettled: onClose,
        })
      }
    >
      {t('radius-servers.removal.text')}
    </ConfirmDialog>
  )
}

const columns = (): readonly DataColumn<RadiusServerView>[] => [
  { key: 'place', header: t('radius-servers.place'), align: 'end', cell: ({ place }) => place },
  { key: 'server', header: t('radius-servers.server'), cell: ({ host }) => <CopyText value={host} /> },
  {
    key: 'port',
    header: t('radius-servers.port'),
    cell: ({ authenticationPort }) => authenticationPort,
  },
  {
    key: 'transport',
    header: t('radius-servers.transport'),
    cell: ({ transport }) => t(`radius-servers.transports.${transport}`),
  },
  { key: 'health', header: t('radius-servers.health'), cell: (row) => <Health health={row.health} /> },
  { key: 'accounting', header: t('radius-servers.accounting'), cell: (row) => <Accounting server={row} /> },
]

const states: Record<NonNullable<RadiusServerView['health']>['state'], StateKind> = {
  unknown: 'neutral',
  up: 'good',
  suspect: 'warning',
  down: 'bad',
}

function Health({ health }: Pick<RadiusServerView, 'health'>) {
  if (health === null) return <StatusDot state="neutral">{t('radius-servers.states.unused')}</StatusDot>
  const { state, since, problem, latencyMs, rejected } = health
  return (
    <div>
      <StatusDot state={states[state]}>
        {t(`radius-servers.states.${state}`)}
        {since !== null && (
          <Text span c="dimmed" size="sm">
            {' '}
            {t('radius-servers.since')} <RelativeTime at={since} locale={language()} />
            {state === 'up' && latencyMs !== null && ` · ${t('radius-servers.latency', { ms: latencyMs.toFixed(1) })}`}
          </Text>
        )}
      </StatusDot>
      {problem !== null && <Text size="sm">{sentence(problem)}</Text>}
      {rejected.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('radius-servers.rejected', { list: rejected.map(({ name, count }) => `${name} ${count}`).join(', ') })}
        </Text>
      )}
    </div>
  )
}

function Accounting({ server }: { readonly server: RadiusServerView }) {
  const { accounting, accountingPort } = server
  if (accountingPort === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('radius-servers.noAccounting')}
      </Text>
    )
  }
  const port = t('radius-servers.accountingPort', { port: accountingPort })
  if (accounting === null) return <Text size="sm">{port}</Text>
  const { state, problem, acknowledged } = accounting
  const count = { count: acknowledged, formatted: acknowledged.toLocaleString(language()) }
  return (
    <div>
      <StatusDot state={states[state]}>
        {t(`radius-servers.states.${state}`)}
        <Text span c="dimmed" size="sm">
          {' · '}
          {port}
        </Text>
      </StatusDot>
      {problem !== null && <Text size="sm">{sentence(problem)}</Text>}
      {acknowledged > 0 && (
        <Text size="xs" c="dimmed">
          {t('radius-servers.acknowledged', count)}
        </Text>
      )}
    </div>
  )
}
