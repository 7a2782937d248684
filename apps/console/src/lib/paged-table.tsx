/** A list over keyset pages: the table, and what it says when a further page did not come. */
import { Stack } from '@mantine/core'
import { DataTable, ErrorPanel, type DataTableProps } from '@sallyport/ui'
import { useCompactRows } from './density.ts'
import type { PagedRows } from './paged-rows.ts'
import { t } from './words.ts'

export type PagedTableProps<Row> = Omit<DataTableProps<Row>, keyof PagedRows<Row>> & { readonly paged: PagedRows<Row> }

export function PagedTable<Row>({ paged, ...table }: PagedTableProps<Row>) {
  const { nextFailed, ...rows } = paged
  const [compact] = useCompactRows()
  return (
    <Stack gap="sm">
      <DataTable fixedColumns compact={compact} {...table} {...rows} />
      {nextFailed !== undefined && <ErrorPanel title={t('lists.nextFailed')} {...nextFailed} />}
    </Stack>
  )
}
