/** The rows of a file of users, each with what came of it and why. */
import { Group, Text } from '@mantine/core'
import type { UserImport, UserImportOutcome, UserImportRow } from '@sallyport/contract'
import { EmptyState, StateIcon, type DataColumn } from '@sallyport/ui'
import { IconListSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { usePagedRows } from '../../../lib/paged-rows.ts'
import { PagedTable } from '../../../lib/paged-table.tsx'
import { language, sentence, t } from '../../../lib/words.ts'
import { importRowsQuery } from './import-data.ts'
import '../page-words.ts'

const columns = (): readonly DataColumn<UserImportRow>[] => [
  {
    key: 'username',
    header: t('user-imports.rows.username'),
    width: '30%',
    cell: (row) => (
      <Text component="span" size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {row.username || '–'}
      </Text>
    ),
  },
  {
    key: 'line',
    header: t('user-imports.rows.line'),
    width: '6rem',
    align: 'end',
    cell: (row) => row.line.toLocaleString(language()),
  },
  { key: 'outcome', header: t('user-imports.rows.outcome'), cell: (row) => <Outcome row={row} /> },
]

interface ImportRowsProps extends Pick<UserImport, 'id' | 'state'> {
  readonly outcome: UserImportOutcome | undefined
}

export function ImportRows({ id, outcome, state }: ImportRowsProps) {
  const paged = usePagedRows(useInfiniteQuery(importRowsQuery(id, outcome, state)), t('user-imports.rows.failed'))
  const { total, formattedTotal } = paged
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {total !== undefined && t('user-imports.rows.total', { count: total, formatted: formattedTotal })}
      </Text>
      <PagedTable
        label={t('user-imports.rows.label')}
        columns={columns()}
        rowKey={(row) => String(row.line)}
        paged={paged}
        empty={<EmptyState icon={<IconListSearch size={34} stroke={1.4} />} title={t('user-imports.rows.empty')} />}
      />
    </>
  )
}

const states = { good: 'good', link: 'good', linked: 'good', taken: 'good', there: 'neutral', refused: 'bad' } as const

function Outcome({ row: { outcome, remarks } }: { readonly row: UserImportRow }) {
  const why = remarks.map(({ column, message }) =>
    column === null ? sentence(message) : `${column}: ${sentence(message)}`,
  )
  return (
    <Group component="span" display="inline-flex" gap={6} wrap="nowrap" align="flex-start">
      <StateIcon state={states[outcome]} />
      <Text component="span" size="sm" style={{ overflowWrap: 'anywhere' }}>
        {[t(`user-imports.outcome.${outcome}`), ...why].join(' · ')}
      </Text>
    </Group>
  )
}
