/** What a list is given: its columns, its rows, and what can be done with them. */
import type { ReactNode } from 'react'

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

/** Rows that can be ticked; what is ticked is the caller's to keep, by the rows' keys. */
export interface RowSelection<Row> {
  readonly selected: ReadonlySet<string>
  readonly onToggle: (row: Row) => void
  /** Ticks all rows that are loaded, or none. */
  readonly onToggleAll: () => void
  readonly rowLabel: (row: Row) => string
  readonly allLabel: string
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
  /** Absent: rows cannot be ticked. */
  readonly selection?: RowSelection<Row> | undefined
  /** The first page failed: what to say, and how to ask again. */
  readonly failed?:
    { readonly title: string; readonly detail?: string | undefined; readonly onRetry: () => void } | undefined
  readonly empty: ReactNode
  /** All rows that match, loaded or not. */
  readonly total?: number | undefined
  /** They were counted up to `total`: there may be more. */
  readonly totalIsAtLeast?: boolean | undefined
  readonly hasMore?: boolean
  readonly loadingMore?: boolean
  readonly onLoadMore?: () => void
  /** Tighter rows. */
  readonly compact?: boolean
  /** Columns keep their widths while rows come and go: for long lists; columns without a width share what is left. */
  readonly fixedColumns?: boolean
}
