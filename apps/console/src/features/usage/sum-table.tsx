/** The sums of a time by application or method, the commonest first, with the way to the sign-ins behind each. */
import type { SignInFilter } from '@sallyport/contract'
import { DataTable, type DataColumn } from '@sallyport/ui'
import { TextLink } from '../../lib/links.tsx'
import { language, t } from '../../lib/words.ts'
import type { UsageSum } from './usage-figures.ts'
import './page-words.ts'

export interface SumTableProps {
  readonly label: string
  readonly sums: readonly UsageSum[]
  readonly nameOf: (key: string) => string
  readonly signInsOf: (key: string) => SignInFilter | null
}

export function SumTable({ label, sums, nameOf, signInsOf }: SumTableProps) {
  const counts = (['accepted', 'rejected', 'unanswered'] as const).map((result): DataColumn<UsageSum> => ({
    key: result,
    header: t(`usage.column.${result}`),
    align: 'end',
    cell: (sum) => sum[result].toLocaleString(language()),
  }))
  const columns: readonly DataColumn<UsageSum>[] = [
    {
      key: 'what',
      header: t('usage.column.what'),
      cell: ({ key }) => (
        <TextLink to="/reports/sign-ins" search={signInsOf(key) ?? {}}>
          {nameOf(key)}
        </TextLink>
      ),
    },
    ...counts,
    {
      key: 'rate',
      header: t('usage.column.rate'),
      align: 'end',
      cell: ({ accepted, total }) => (accepted / total).toLocaleString(language(), { style: 'percent' }),
    },
  ]
  return <DataTable label={label} columns={columns} rows={sums} rowKey={({ key }) => key} empty={null} />
}
