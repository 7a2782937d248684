/** The people of whom a run has something to say: what, and why. */
import { Group, Stack, Text } from '@mantine/core'
import type { SyncAction, SyncRow, SyncRunState } from '@sallyport/contract'
import { EmptyState, StateIcon, type DataColumn, type StateKind } from '@sallyport/ui'
import { IconListSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { usePagedRows } from '../../lib/paged-rows.ts'
import { PagedTable } from '../../lib/paged-table.tsx'
import { t } from '../../lib/words.ts'
import { counted } from './run-text.ts'
import { runRowsQuery } from './sync-data.ts'
import './sync-words.ts'
import './page-words.ts'

const columns = (): readonly DataColumn<SyncRow>[] => [
  {
    key: 'username',
    header: t('directory-sync.rows.username'),
    width: '26%',
    cell: (row) => (
      <Text component="span" size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {row.username || '–'}
      </Text>
    ),
  },
  { key: 'action', header: t('directory-sync.rows.action'), width: '24%', cell: (row) => <Action row={row} /> },
  { key: 'what', header: t('directory-sync.rows.what'), cell: (row) => <What row={row} /> },
]

interface RunRowsProps {
  readonly id: string
  readonly action: SyncAction | undefined
  readonly state: SyncRunState
}

export function RunRows({ id, action, state }: RunRowsProps) {
  const paged = usePagedRows(useInfiniteQuery(runRowsQuery(id, action, state)), t('directory-sync.rows.failed'))
  const { total } = paged
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {total !== undefined && t('directory-sync.rows.total', counted(total))}
      </Text>
      <PagedTable
        label={t('directory-sync.rows.label')}
        columns={columns()}
        rowKey={(row) => String(row.number)}
        paged={paged}
        empty={<EmptyState icon={<IconListSearch size={34} stroke={1.4} />} title={t('directory-sync.rows.empty')} />}
      />
    </>
  )
}

const states: Readonly<Record<SyncRow['outcome'], StateKind>> = {
  ...{ planned: 'neutral', applied: 'good', skipped: 'warning', refused: 'bad' },
}

function Action({ row: { action, outcome } }: { readonly row: SyncRow }) {
  return (
    <Group component="span" display="inline-flex" gap={6} wrap="nowrap" align="flex-start">
      <StateIcon state={states[outcome]} />
      <Text component="span" size="sm">
        {t(`directory-sync.done.${outcome}.${action}`)}
      </Text>
    </Group>
  )
}

function What({ row: { reason, changes, dn } }: { readonly row: SyncRow }) {
  const lines = Object.entries(changes).map(([field, [before, after]]) =>
    t('directory-sync.rows.change', {
      field: t(`directory-sync.field.${field}`),
      before: text(before),
      after: text(after),
    }),
  )
  return (
    <Stack gap={0}>
      {reason !== null && <Text size="sm">{t(`directory-sync.reason.${reason}`)}</Text>}
      {lines.map((line) => (
        <Text key={line} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {line}
        </Text>
      ))}
      <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        {dn}
      </Text>
    </Stack>
  )
}

function text(value: string | boolean): string {
  if (typeof value === 'boolean') return t(value ? 'lists.yes' : 'lists.no')
  return value === '' ? '–' : value
}
