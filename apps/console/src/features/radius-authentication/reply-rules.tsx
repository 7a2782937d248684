/** The tab *Reply attributes*: what the answer to a sign-in carries for the device, rule by rule, in their order. */
import { ActionIcon, Button, Group, Text, Title } from '@mantine/core'
import { api, type ReplyRuleView } from '@sallyport/contract'
import { ConfirmDialog, DataTable, EmptyState, notifyDone, notifyFailed, type DataColumn } from '@sallyport/ui'
import { IconArrowDown, IconArrowUp, IconListDetails, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { radiusClientsQuery } from '../../lib/radius-clients.ts'
import { useMay } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { clientName } from '../../lib/client-name.ts'
import { replyRulesQuery, useMoveRule, useRemoveRule } from './reply-rule-data.ts'
import { ReplyRuleDialog } from './reply-rule-dialog.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/radius-authentication')

export function ReplyRules() {
  const { rule: opened } = route.useSearch()
  const navigate = useNavigate()
  const rules = useQuery(replyRulesQuery)
  const { data: clients } = useQuery(radiusClientsQuery)
  const { may } = useMay(api.replyRules.create)
  const move = useMoveRule()
  const [removing, setRemoving] = useState<ReplyRuleView>()
  const open = (rule: string | undefined) =>
    void navigate({ to: '/radius-authentication', search: { tab: 'reply-attributes', rule } })
  const editing = rules.data?.rows.find(({ id }) => id === opened)
  const nameOf = (id: string) => {
    const client = clients?.rows.find((row) => row.id === id)
    return client === undefined ? id : clientName(client)
  }
  const addButton = may && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open('new')}>
      {t('reply-attributes.add')}
    </Button>
  )
  return (
    <div>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('reply-attributes.title')}</Title>
        {addButton}
      </Group>
      <Text size="sm" c="dimmed" mb="sm" maw="46rem">
        {t('reply-attributes.text')}
      </Text>
      <DataTable
        label={t('reply-attributes.title')}
        columns={columns(nameOf)}
        rows={rules.data?.rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => open(id)}
        openLabel={({ attribute }) => t('reply-attributes.open', { attribute })}
        {...(may && {
          rowActions: (rule: ReplyRuleView) => (
            <RuleActions
              rule={rule}
              rules={rules.data?.rows ?? []}
              onMove={(direction) =>
                move.mutate(
                  { rule, direction },
                  { onError: (error) => notifyFailed(t('reply-attributes.notMoved'), problemText(error)) },
                )
              }
              onRemove={() => setRemoving(rule)}
            />
          ),
        })}
        failed={
          rules.isError
            ? {
                title: t('reply-attributes.failed'),
                detail: problemText(rules.error),
                onRetry: () => void rules.refetch(),
              }
            : undefined
        }
        empty={
          <EmptyState
            icon={<IconListDetails size={34} stroke={1.4} />}
            title={t('reply-attributes.emptyTitle')}
            action={addButton}
          >
            {t('reply-attributes.emptyText')}
          </EmptyState>
        }
      />
      {(opened === 'new' || editing !== undefined) && (
        <ReplyRuleDialog key={opened} rule={editing} onClose={() => open(undefined)} />
      )}
      {removing !== undefined && <RemoveRule rule={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  )
}

interface RuleActionsProps {
  readonly rule: ReplyRuleView
  readonly rules: readonly ReplyRuleView[]
  readonly onMove: (direction: 'up' | 'down') => void
  readonly onRemove: () => void
}

function RuleActions({ rule, rules, onMove, onRemove }: RuleActionsProps) {
  const { attribute, id } = rule
  const button = (key: 'up' | 'down' | 'remove', icon: React.ReactNode, press: () => void, disabled = false) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t(`reply-attributes.${key}`, { attribute })}
      disabled={disabled}
      onClick={press}
    >
      {icon}
    </ActionIcon>
  )
  return (
    <Group gap={2} wrap="nowrap">
      {button('up', <IconArrowUp size={17} aria-hidden />, () => onMove('up'), rules.at(0)?.id === id)}
      {button('down', <IconArrowDown size={17} aria-hidden />, () => onMove('down'), rules.at(-1)?.id === id)}
      {button('remove', <IconTrash size={17} aria-hidden />, onRemove)}
    </Group>
  )
}

function RemoveRule({ rule, onClose }: { readonly rule: ReplyRuleView; readonly onClose: () => void }) {
  const remove = useRemoveRule()
  const { attribute } = rule
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('reply-attributes.removeTitle', { attribute })}
      confirmLabel={t('reply-attributes.removeConfirm')}
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutate(rule, {
          onSuccess: () => {
            notifyDone(t('reply-attributes.removed', { attribute }))
            onClose()
          },
          onError: (error) => notifyFailed(t('reply-attributes.notRemoved'), problemText(error)),
        })
      }
    >
      {t('reply-attributes.removeText')}
    </ConfirmDialog>
  )
}

const columns = (nameOf: (clientId: string) => string): readonly DataColumn<ReplyRuleView>[] => [
  {
    key: 'attribute',
    header: t('reply-attributes.attribute'),
    cell: ({ attribute, tag, enabled }) => (
      <Text component="span" size="sm" fw={600} c={enabled ? 'inherit' : 'dimmed'}>
        {tag === 0 ? attribute : `${attribute}:${tag}`}
      </Text>
    ),
  },
  {
    key: 'value',
    header: t('reply-attributes.value'),
    cell: ({ value }) => (
      <Text component="span" size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        {value ?? '••••'}
      </Text>
    ),
  },
  {
    key: 'operation',
    header: t('reply-attributes.operation'),
    cell: ({ operation, enabled }) =>
      enabled ? t(`reply-attributes.operations.${operation}`) : t('reply-attributes.off'),
  },
  {
    key: 'who',
    header: t('reply-attributes.who'),
    cell: ({ groupName }) => (groupName === '' ? t('reply-attributes.everyUser') : groupName),
  },
  {
    key: 'client',
    header: t('reply-attributes.client'),
    cell: ({ clientId }) => (clientId === null ? t('reply-attributes.everyClient') : nameOf(clientId)),
  },
]
