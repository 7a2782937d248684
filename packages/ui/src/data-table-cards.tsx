/** The narrow form of a list: a card a row, with each column's name beside its value. */
import { Box, Checkbox, Group, Paper, Text } from '@mantine/core'
import { FirstCell, type DataTableViewProps } from './data-table-grid.tsx'
import classes from './data-table.module.css'

export function DataTableCards<Row>(props: DataTableViewProps<Row>) {
  const { label, columns, rows, rowKey, rowActions, virtualizer, onOpen, openLabel, selection } = props
  const [first, ...others] = columns
  return (
    <Box
      component="ul"
      aria-label={label}
      className={classes['cards'] ?? ''}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map((item) => {
        const row = rows[item.index]
        if (row === undefined || first === undefined) return null
        return (
          <li
            key={rowKey(row)}
            ref={virtualizer.measureElement}
            data-index={item.index}
            aria-setsize={rows.length}
            aria-posinset={item.index + 1}
            className={classes['card'] ?? ''}
            style={{ transform: `translateY(${item.start - virtualizer.options.scrollMargin}px)` }}
          >
            <Paper withBorder p="sm" onClick={onOpen === undefined ? undefined : () => onOpen(row)}>
              <Group justify="space-between" wrap="nowrap" mb={4}>
                {selection !== undefined && (
                  <Checkbox
                    aria-label={selection.rowLabel(row)}
                    checked={selection.selected.has(rowKey(row))}
                    onClick={(event) => event.stopPropagation()}
                    onChange={() => selection.onToggle(row)}
                  />
                )}
                <Text component="div" fw={600} miw={0} flex={1} style={{ overflowWrap: 'anywhere' }}>
                  <FirstCell row={row} column={first} onOpen={onOpen} openLabel={openLabel} />
                </Text>
                {rowActions !== undefined && <Box onClick={(event) => event.stopPropagation()}>{rowActions(row)}</Box>}
              </Group>
              {others
                .filter((column) => column.wideOnly !== true)
                .map((column) => (
                  <Group key={column.key} justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
                    <Text size="xs" c="dimmed" component="span">
                      {column.header}
                    </Text>
                    <Text size="sm" component="span" ta="end" miw={0} style={{ overflowWrap: 'anywhere' }}>
                      {column.cell(row)}
                    </Text>
                  </Group>
                ))}
            </Paper>
          </li>
        )
      })}
    </Box>
  )
}
