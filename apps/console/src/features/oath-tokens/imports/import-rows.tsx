/** The rows of a file of tokens, each with what came of it and why. */
import { Group, Text } from '@mantine/core'
import type { ImportOutcome, TokenImport, TokenImportRow } from '@sallyport/contract'
import { EmptyState, StateIcon, type DataColumn } from '@sallyport/ui'
import { IconListSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { usePagedRows } from '../../../lib/paged-rows.ts'
import { PagedTable } from '../../../lib/paged-table.tsx'
import { language, t } from '../../../lib/words.ts'
import { importRowsQuery } from './import-data.ts'
import './import-words.ts'

const columns = (): readonly DataColumn<TokenImportRow>[] => [
  {
    key: 'serialNumber',
    header: t('oath-imports.rows.serialNumber'),
    width: '22%',
    cell: (row) => (
      <Text component="span" size="sm" fw={600} ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        {row.serialNumber || '–'}
      </Text>
    ),
  },
  {
    key: 'number',
    header: t('oath-imports.rows.number'),
    width: '6rem',
    align: 'end',
    cell: (row) => row.number.toLocaleString(language()),
  },
  {
    key: 'upn',
    header: t('oath-imports.rows.upn'),
    width: '24%',
    cell: (row) => <span style={{ overflowWrap: 'anywhere' }}>{row.upn || '–'}</span>,
  },
  { key: 'outcome', header: t('oath-imports.rows.outcome'), cell: (row) => <Outcome row={row} /> },
]

interface ImportRowsProps extends Pick<TokenImport, 'id' | 'state'> {
  readonly outcome: ImportOutcome | undefined
}

export function ImportRows({ id, outcome, state }: ImportRowsProps) {
  const paged = usePagedRows(useInfiniteQuery(importRowsQuery(id, outcome, state)), t('oath-imports.rows.failed'))
  const { total, formattedTotal } = paged
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {total !== undefined && t('oath-imports.rows.total', { count: total, formatted: formattedTotal })}
      </Text>
      <PagedTable
        label={t('oath-imports.rows.label')}
        columns={columns()}
        rowKey={(row) => String(row.number)}
        paged={paged}
        empty={<EmptyState icon={<IconListSearch size={34} stroke={1.4} />} title={t('oath-imports.rows.empty')} />}
      />
    </>
  )
}

function Outcome({ row: { outcome, reason, field } }: { readonly row: TokenImportRow }) {
  const state = outcome === 'refused' ? 'bad' : reason !== null ? 'warning' : 'good'
  const why = reason === null ? '' : `: ${t(`oath-imports.reason.${reason}`)}${field === null ? '' : ` (${field})`}`
  return (
    <Group component="span" display="inline-flex" gap={6} wrap="nowrap" align="flex-start">
      <StateIcon state={state} />
      <Text component="span" size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t(`oath-imports.outcome.${outcome}`)}
        {why}
      </Text>
    </Group>
  )
}
