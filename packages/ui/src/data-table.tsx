/** A list of any length: virtual rows, more loaded as one nears the end, cards where there is no room for columns. */
import { Box, Loader, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { DataTableCards } from './data-table-cards.tsx'
import { DataTableGrid } from './data-table-grid.tsx'
import { ErrorPanel } from './error-panel.tsx'
import { useUiWords } from './words.tsx'

/** A column; the first one names the row, and opens it where rows can be opened. */
export interface DataColumn<Row> {
  readonly key: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** A CSS width, such as `12rem` or `20%`. */
  readonly width?: string
  readonly align?: 'start' | 'end'
  /** Left out of the cards. */
  readonly wideOnly?: boolean
  /** Makes the header a button; `direction` is null where the list is sorted by another column. */
  readonly sort?: { readonly direction: 'ascending' | 'descending' | null; readonly onToggle: () => void }
}

export interface DataTableProps<Row> {
  /** What is listed, for screen readers. */
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  /** Undefined while the first page loads. */
  readonly rows: readonly Row[] | undefined
  readonly rowKey: (row: Row) => string
  /** Opens a row: by click anywhere on it, by Enter on its first cell. */
  readonly onOpen?: ((row: Row) => void) | undefined
  /** Says what opening a row does, for screen readers: “Open alice”. */
  readonly openLabel?: ((row: Row) => string) | undefined
  /** Buttons at the end of a row. */
  readonly rowActions?: ((row: Row) => ReactNode) | undefined
  /** The first page failed: what to say, and how to ask again. */
  readonly failed?:
    { readonly title: string; readonly detail?: string | undefined; readonly onRetry: () => void } | undefined
  readonly empty: ReactNode
  /** All rows that match, loaded or not. */
  readonly total?: number | undefined
  readonly hasMore?: boolean
  readonly loadingMore?: boolean
  readonly onLoadMore?: () => void
  /** Tighter rows. */
  readonly compact?: boolean
  /** Columns keep their widths while rows come and go: for long lists; columns without a width share what is left. */
  readonly fixedColumns?: boolean
}

const rowHeightPx = { grid: 45, compact: 35, card: 132 }

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, failed, empty } = props
  if (failed !== undefined && rows === undefined) return <ErrorPanel {...failed} />
  if (rows === undefined) return <LoadingRows />
  if (rows.length === 0) return <Paper withBorder>{empty}</Paper>
  return <LoadedRows {...props} rows={rows} />
}

function LoadedRows<Row>(props: DataTableProps<Row> & { readonly rows: readonly Row[] }) {
  const { rows, rowKey, total, hasMore = false, loadingMore = false, onLoadMore, compact = false } = props
  const words = useUiWords()
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const frame = useRef<HTMLDivElement>(null)
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => setOffset(frame.current?.offsetTop ?? 0), [narrow])
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (narrow ? rowHeightPx.card : compact ? rowHeightPx.compact : rowHeightPx.grid),
    overscan: 12,
    scrollMargin: offset,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : rowKey(row)
    },
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !loadingMore && last >= rows.length - 15) onLoadMore?.()
  }, [hasMore, loadingMore, last, rows.length, onLoadMore])
  const View = narrow ? DataTableCards : DataTableGrid
  return (
    <Stack gap="xs">
      <div ref={frame}>
        <View {...props} virtualizer={virtualizer} compact={compact} />
      </div>
      <Text size="xs" c="dimmed" role="status">
        {words.shownOf
          .replace('{shown}', rows.length.toLocaleString())
          .replace('{total}', (total ?? rows.length).toLocaleString())}{' '}
        {loadingMore && <Loader size={12} aria-label={words.loading} />}
      </Text>
    </Stack>
  )
}

function LoadingRows() {
  const words = useUiWords()
  return (
    <Paper withBorder p="sm" role="status" aria-label={words.loading}>
      <Stack gap="sm">
        {Array.from({ length: 6 }, (_, index) => (
          <Box key={index} h={28}>
            <Skeleton height={14} mt={7} width={`${92 - index * 9}%`} />
          </Box>
        ))}
      </Stack>
    </Paper>
  )
}
