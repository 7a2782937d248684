/** The gateways of one kind in their order, each with its state as it is now. */
import { Button, Group, Text } from '@mantine/core'
import { api, type GatewayKind, type GatewayView } from '@sallyport/contract'
import {
  ConfirmDialog,
  DataTable,
  EmptyState,
  notifyDone,
  notifyFailed,
  RelativeTime,
  StatusDot,
  type DataColumn,
  type StateKind,
} from '@sallyport/ui'
import {
  IconArrowDown,
  IconArrowUp,
  IconMail,
  IconMessage,
  IconPhone,
  IconPlus,
  IconSend,
  IconTrash,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { RowButton } from '../../lib/row-button.tsx'
import { useMay } from '../../lib/session.ts'
import { language, sentence, t } from '../../lib/words.ts'
import { gatewaysQuery, useMoveGateway, useRemoveGateway } from './gateway-data.ts'
import { GatewayDialog } from './gateway-dialog.tsx'
import './gateway-words.ts'
import { TestGateway } from './test-gateway.tsx'

const icons = { sms: IconMessage, voice: IconPhone, mail: IconMail }

export function GatewayList({ kind }: { readonly kind: GatewayKind }) {
  const gateways = useQuery(gatewaysQuery)
  const { may } = useMay(api.gateways.create)
  const [opened, setOpened] = useState<string>()
  const [removing, setRemoving] = useState<GatewayView>()
  const [testing, setTesting] = useState<GatewayView>()
  const rows = gateways.data?.rows.filter((row) => row.kind === kind)
  const editing = rows?.find(({ id }) => id === opened)
  const Icon = icons[kind]
  const addButton = may && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpened('new')}>
      {t('gateways.add')}
    </Button>
  )
  return (
    <div>
      {rows !== undefined && rows.length > 0 && (
        <Group justify="flex-end" mb="sm">
          {addButton}
        </Group>
      )}
      <DataTable
        label={t(`gateways.tab.${kind}`)}
        columns={columns()}
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpened(id)}
        openLabel={({ place, name }) => t('gateways.open', { place, name })}
        {...(may && {
          rowActions: (gateway: GatewayView) => (
            <GatewayActions
              gateway={gateway}
              isLast={rows?.at(-1)?.id === gateway.id}
              onTest={() => setTesting(gateway)}
              onRemove={() => setRemoving(gateway)}
            />
          ),
        })}
        failed={
          gateways.isError
            ? {
                title: t('gateways.failed'),
                detail: problemText(gateways.error),
                onRetry: () => void gateways.refetch(),
              }
            : undefined
        }
        empty={
          <EmptyState icon={<Icon size={34} stroke={1.4} />} title={t(`gateways.empty.${kind}`)} action={addButton}>
            {t(`gateways.emptyText.${kind}`)}
          </EmptyState>
        }
      />
      {(opened === 'new' || editing !== undefined) && (
        <GatewayDialog key={opened} kind={kind} gateway={editing} onClose={() => setOpened(undefined)} />
      )}
      {removing !== undefined && <RemoveGateway gateway={removing} onClose={() => setRemoving(undefined)} />}
      {testing !== undefined && <TestGateway gateway={testing} onClose={() => setTesting(undefined)} />}
    </div>
  )
}

interface GatewayActionsProps {
  readonly gateway: GatewayView
  readonly isLast: boolean
  readonly onTest: () => void
  readonly onRemove: () => void
}

function GatewayActions({ gateway, isLast, onTest, onRemove }: GatewayActionsProps) {
  const move = useMoveGateway()
  const { id, name, place, enabled } = gateway
  const go = (direction: 'up' | 'down') => () =>
    move.mutate(
      { id, direction },
      { onError: (error) => notifyFailed(t('gateways.notMoved', { name }), problemText(error)) },
    )
  const button = (key: 'up' | 'down' | 'test' | 'remove', icon: ReactNode, press: () => void, disabled = false) => (
    <RowButton label={t(`gateways.${key}`, { name })} icon={icon} onPress={press} disabled={disabled} />
  )
  return (
    <Group gap={2} wrap="nowrap">
      {button('up', <IconArrowUp size={17} aria-hidden />, go('up'), place === 1 || move.isPending)}
      {button('down', <IconArrowDown size={17} aria-hidden />, go('down'), isLast || move.isPending)}
      {button('test', <IconSend size={17} aria-hidden />, onTest, !enabled)}
      {button('remove', <IconTrash size={17} aria-hidden />, onRemove)}
    </Group>
  )
}

function RemoveGateway({ gateway, onClose }: { readonly gateway: GatewayView; readonly onClose: () => void }) {
  const remove = useRemoveGateway()
  const { name } = gateway
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('gateways.removal.title', { name })}
      confirmLabel={t('gateways.removal.confirm')}
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutate(gateway, {
          onSuccess: () => notifyDone(t('gateways.removal.done', { name })),
          onError: (error) => notifyFailed(t('gateways.removal.failed', { name }), problemText(error)),
          onSettled: onClose,
        })
      }
    >
      {t('gateways.removal.text')}
    </ConfirmDialog>
  )
}

const columns = (): readonly DataColumn<GatewayView>[] => [
  { key: 'place', header: t('gateways.column.place'), align: 'end', cell: ({ place }) => place },
  { key: 'name', header: t('gateways.column.name'), cell: ({ name }) => name },
  {
    key: 'type',
    header: t('gateways.column.type'),
    cell: ({ configuration }) => t(`gateways.type.${configuration.type}`),
  },
  { key: 'where', header: t('gateways.column.where'), cell: ({ configuration }) => whereOf(configuration) },
  { key: 'state', header: t('gateways.column.state'), cell: (row) => <Health health={row.health} /> },
]

function whereOf(configuration: GatewayView['configuration']): string {
  if ('host' in configuration) return `${configuration.host}:${configuration.port}`
  return new URL('apiUrl' in configuration ? configuration.apiUrl : configuration.url).host
}

const states: Record<NonNullable<GatewayView['health']>['state'], StateKind> = {
  unknown: 'neutral',
  up: 'good',
  suspect: 'warning',
}

function Health({ health }: Pick<GatewayView, 'health'>) {
  if (health === null) return <StatusDot state="neutral">{t('gateways.state.disabled')}</StatusDot>
  const { state, since, problem } = health
  return (
    <div>
      <StatusDot state={states[state]}>
        {t(`gateways.state.${state}`)}
        {since !== null && (
          <Text span c="dimmed" size="sm">
            {' '}
            {t('gateways.since')} <RelativeTime at={since} locale={language()} />
          </Text>
        )}
      </StatusDot>
      {problem !== null && <Text size="sm">{sentence(problem)}</Text>}
    </div>
  )
}
