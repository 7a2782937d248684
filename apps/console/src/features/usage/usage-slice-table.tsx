/** The figures behind the chart, slice by slice, the newest first. */
import { Table } from '@mantine/core'
import type { SignInFilter, UsageView } from '@sallyport/contract'
import { TextLink } from '../../lib/links.tsx'
import { signInsWithin, sliceText } from '../../lib/reports/slices.ts'
import { language, t } from '../../lib/words.ts'
import { sumsOf, totalOf } from './usage-figures.ts'
import './page-words.ts'

export interface UsageSliceTableProps {
  readonly view: UsageView
  readonly filter: SignInFilter
  readonly zone: string | undefined
}

export function UsageSliceTable({ view, filter, zone }: UsageSliceTableProps) {
  const busy = view.slices.filter(({ counts }) => counts.length > 0).toReversed()
  return (
    <Table aria-label={t('usage.chart')} verticalSpacing={2} style={{ fontVariantNumeric: 'tabular-nums' }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th ps={0}>{t('usage.column.from')}</Table.Th>
          {(['accepted', 'rejected', 'unanswered'] as const).map((column) => (
            <Table.Th key={column} ta="end">
              {t(`usage.column.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {busy.map((slice) => {
          const total = totalOf(sumsOf([slice]))
          return (
            <Table.Tr key={slice.from}>
              <Table.Td ps={0}>
                <TextLink to="/reports/sign-ins" search={{ ...signInsWithin(slice), ...filter }}>
                  {sliceText(view.step, slice, language(), zone)}
                </TextLink>
              </Table.Td>
              {(['accepted', 'rejected', 'unanswered'] as const).map((result) => (
                <Table.Td key={result} ta="end">
                  {total[result].toLocaleString(language())}
                </Table.Td>
              ))}
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
