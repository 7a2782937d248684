/** A list of any length: virtual rows, more loaded as one nears the end, cards where there is no room for columns. */
import { Box, Loader, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { DataTableCards } from './data-table-cards.tsx'
import { DataTableGrid } from './data-table-grid.tsx'
import type { DataTableProps } from './data-table-types.ts'
import { ErrorPanel } from './error-panel.tsx'
import { totalText } from './total-text.ts'
import { useLanguage, useUiWords } from './use-ui-words.ts'

const rowHeightPx = { grid: 45, compact: 35, card: 132 }

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, failed, empty } = props
  if (failed !== undefined && rows === undefined) return <ErrorPanel {...failed} />
  if (rows === undefined) return <LoadingRows />
  if (rows.length === 0) return <Paper withBorder>{empty}</Paper>
  return <LoadedRows {...props} rows={rows} />
}

function LoadedRows<Row>(props: DataTableProps<Row> & { readonly rows: readonly Row[] }) {
  const {
    rows,
    rowKey,
    total,
    totalIsAtLeast = false,
    hasMore = false,
    loadingMore = false,
    onLoadMore,
    compact = false,
  } = props
  const words = useUiWords()
  const language = useLanguage()
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
          .replace('{shown}', rows.length.toLocaleString(language))
          .replace('{total}', totalText(total ?? rows.length, totalIsAtLeast, language))}{' '}
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
