/** The wide form of a list: a table whose header stays in sight and whose far rows are only space. */
import { Checkbox, Table, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { Virtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode } from 'react'
import type { DataColumn, DataTableProps, RowSelection } from './data-table-types.ts'
import classes from './data-table.module.css'

export interface DataTableViewProps<Row> extends DataTableProps<Row> {
  readonly rows: readonly Row[]
  readonly virtualizer: Virtualizer<Window, Element>
}

export function DataTableGrid<Row>(props: DataTableViewProps<Row>) {
  const {
    label,
    columns,
    rows,
    rowKey,
    rowActions,
    virtualizer,
    onOpen,
    openLabel,
    selection,
    compact = false,
    fixedColumns = false,
  } = props
  const items = virtualizer.getVirtualItems()
  const before = (items[0]?.start ?? 0) - virtualizer.options.scrollMargin
  const after = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? 0) - virtualizer.options.scrollMargin)
  const span = columns.length + (rowActions === undefined ? 0 : 1) + (selection === undefined ? 0 : 1)
  return (
    <Table
      className={classes['table'] ?? ''}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      layout={fixedColumns ? 'fixed' : 'auto'}
      verticalSpacing={compact ? 4 : 'xs'}
      highlightOnHover={onOpen !== undefined}
    >
      <Table.Thead className={classes['head'] ?? ''}>
        <Table.Tr aria-rowindex={1}>
          {selection !== undefined && (
            <Table.Th style={{ width: '2.75rem' }}>
              <Checkbox
                size="xs"
                aria-label={selection.allLabel}
                checked={rows.every((row) => selection.selected.has(rowKey(row)))}
                indeterminate={selection.selected.size > 0 && !rows.every((row) => selection.selected.has(rowKey(row)))}
                onChange={selection.onToggleAll}
              />
            </Table.Th>
          )}
          {columns.map((column) => (
            <Header key={column.key} column={column} />
          ))}
          {rowActions !== undefined && <Table.Th style={{ width: fixedColumns ? '3.5rem' : '1%' }} />}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <Spacer height={before} span={span} />
        {items.map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          return (
            <MemoizedRow
              key={rowKey(row)}
              row={row}
              index={item.index}
              columns={columns}
              rowActions={rowActions}
              onOpen={onOpen}
              openLabel={openLabel}
              onToggle={selection?.onToggle}
              toggleLabel={selection?.rowLabel}
              isSelected={selection?.selected.has(rowKey(row)) ?? false}
              measure={virtualizer.measureElement}
            />
          )
        })}
        <Spacer height={after} span={span} />
      </Table.Tbody>
    </Table>
  )
}

interface GridRowProps<Row> {
  readonly row: Row
  readonly index: number
  readonly columns: readonly DataColumn<Row>[]
  readonly rowActions: DataTableProps<Row>['rowActions']
  readonly onOpen: DataTableProps<Row>['onOpen']
  readonly openLabel: DataTableProps<Row>['openLabel']
  readonly onToggle: RowSelection<Row>['onToggle'] | undefined
  readonly toggleLabel: RowSelection<Row>['rowLabel'] | undefined
  readonly isSelected: boolean
  readonly measure: (element: Element | null) => void
}

/** One row; while one scrolls, those that stay are not drawn anew, as long as columns and functions stay the same. */
const MemoizedRow = memo(function GridRow<Row>(props: GridRowProps<Row>) {
  const { row, index, columns, rowActions, onOpen, openLabel, onToggle, toggleLabel, isSelected, measure } = props
  return (
    <Table.Tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      {...(isSelected && { 'aria-selected': true, bg: 'var(--mantine-color-accent-light)' })}
      className={onOpen === undefined ? '' : (classes['openable'] ?? '')}
      onClick={onOpen === undefined ? undefined : () => openUnlessSelecting(() => onOpen(row))}
    >
      {onToggle !== undefined && (
        <Table.Td onClick={(event) => event.stopPropagation()}>
          <Checkbox
            size="xs"
            aria-label={toggleLabel?.(row) ?? ''}
            checked={isSelected}
            onChange={() => onToggle(row)}
          />
        </Table.Td>
      )}
      {columns.map((column, position) => (
        <Table.Td key={column.key} ta={column.align ?? 'start'}>
          {position === 0 ? (
            <FirstCell row={row} column={column} onOpen={onOpen} openLabel={openLabel} />
          ) : (
            column.cell(row)
          )}
        </Table.Td>
      ))}
      {rowActions !== undefined && <Table.Td onClick={(event) => event.stopPropagation()}>{rowActions(row)}</Table.Td>}
    </Table.Tr>
  )
}) as <Row>(props: GridRowProps<Row>) => ReactNode

/** The cell that names the row: a button where the row can be opened. */
export function FirstCell<Row>({
  row,
  column,
  onOpen,
  openLabel,
}: Pick<GridRowProps<Row>, 'row' | 'onOpen' | 'openLabel'> & { readonly column: DataColumn<Row> }) {
  if (onOpen === undefined) return column.cell(row)
  return (
    <UnstyledButton
      className={classes['opener'] ?? ''}
      aria-label={openLabel?.(row)}
      onClick={(event) => {
        event.stopPropagation()
        onOpen(row)
      }}
    >
      {column.cell(row)}
    </UnstyledButton>
  )
}

function Header<Row>({ column }: { readonly column: DataColumn<Row> }) {
  const { sort, align = 'start' } = column
  if (sort === undefined) {
    return (
      <Table.Th ta={align} style={{ width: column.width }}>
        {column.header}
      </Table.Th>
    )
  }
  const Icon = sort.direction === null ? IconArrowsSort : sort.direction === 'ascending' ? IconArrowUp : IconArrowDown
  return (
    <Table.Th ta={align} style={{ width: column.width }} aria-sort={sort.direction ?? 'none'}>
      <UnstyledButton fz="inherit" fw="inherit" className={classes['sorter'] ?? ''} onClick={sort.onToggle}>
        {column.header} <Icon size={14} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  )
}

function Spacer({ height, span }: { readonly height: number; readonly span: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  )
}

function openUnlessSelecting(open: () => void): void {
  if (window.getSelection()?.isCollapsed === false) return
  open()
}
