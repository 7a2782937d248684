/** A report of what stood for or against people: filters, the list, and the way out as a file. */
import { Box, Button, Group, Text } from '@mantine/core'
import { EmptyState, Page, type DataColumn } from '@sallyport/ui'
import { IconHistory, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PagedRows } from '../../lib/paged-rows.ts'
import { PagedTable } from '../../lib/paged-table.tsx'
import { ExportMenu, type ExportMenuProps } from '../../lib/reports/export-menu.tsx'
import { FilterBar } from '../../lib/reports/filter-bar.tsx'
import { rangeOf } from '../../lib/reports/range.ts'
import { RangeFilter } from '../../lib/reports/range-filter.tsx'
import { t } from '../../lib/words.ts'
import { filterCount, type HistorySearch } from './search.ts'
import './page-words.ts'

export interface HistoryPageProps<Row> {
  readonly kind: 'blocked' | 'bypassed'
  readonly search: HistorySearch
  readonly onChange: (changed: Partial<HistorySearch>) => void
  readonly onRefresh: () => void
  readonly paged: PagedRows<Row>
  readonly columns: readonly DataColumn<Row>[]
  readonly files: ExportMenuProps
  /** Further filters. */
  readonly choices?: ReactNode
}

export function HistoryPage<Row extends { readonly id: string }>(props: HistoryPageProps<Row>) {
  const { kind, search, onChange, onRefresh, paged, columns, files, choices } = props
  const { total, formattedTotal } = paged
  return (
    <Page
      title={t(`standing-history.${kind}.title`)}
      description={t(`standing-history.${kind}.description`)}
      action={
        <Group gap="xs">
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRefresh}>
            {t('lists.refresh')}
          </Button>
          <ExportMenu {...files} />
        </Group>
      }
    >
      <FilterBar
        username={search.username}
        userId={search.userId}
        onChange={onChange}
        count={filterCount(search)}
        onClear={() => onChange({ username: undefined, userId: undefined, state: undefined })}
        choices={
          <>
            <RangeFilter.Preset search={search} onChange={onChange} />
            {choices}
          </>
        }
        below={
          rangeOf(search) === 'custom' && (
            <Box pt="xs">
              <RangeFilter.Exact search={search} onChange={onChange} />
            </Box>
          )
        }
      />
      <Text size="sm" c="dimmed" role="status" mih="1.4em" mb="calc(-1 * var(--mantine-spacing-sm))">
        {total !== undefined &&
          total > 0 &&
          t(`standing-history.${kind}.total`, { count: total, formatted: formattedTotal })}
      </Text>
      <PagedTable
        label={t(`standing-history.${kind}.title`)}
        columns={columns}
        rowKey={({ id }) => id}
        paged={paged}
        empty={
          <EmptyState
            icon={<IconHistory size={34} stroke={1.4} />}
            title={t(`standing-history.${kind}.empty`)}
            action={
              rangeOf(search) !== 'all' && (
                <Button variant="default" onClick={() => onChange({ range: 'all', from: undefined, to: undefined })}>
                  {t('standing-history.allTime')}
                </Button>
              )
            }
          >
            {t(`standing-history.${kind}.emptyText`)}
          </EmptyState>
        }
      />
    </Page>
  )
}
