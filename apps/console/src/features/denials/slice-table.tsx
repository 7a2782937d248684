/** The figures behind the chart, slice by slice, the newest first. */
import { Table } from '@mantine/core'
import type { DenialsView } from '@sallyport/contract'
import { TextLink } from '../../lib/links.tsx'
import { sliceText } from '../../lib/reports/slices.ts'
import { reasonTitle } from '../../lib/sign-ins/sign-in-words.ts'
import { language, t } from '../../lib/words.ts'
import { signInsOf } from './denial-figures.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

export function SliceTable({ view }: { readonly view: DenialsView }) {
  const busy = view.slices.filter(({ denials }) => denials.length > 0).toReversed()
  return (
    <Table aria-label={t('denials.chart')} verticalSpacing={2} style={{ fontVariantNumeric: 'tabular-nums' }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th ps={0}>{t('denials.column.from')}</Table.Th>
          <Table.Th ta="end">{t('denials.column.denied')}</Table.Th>
          <Table.Th>{t('denials.column.commonest')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {busy.map((slice) => {
          const [commonest] = slice.denials
          return (
            <Table.Tr key={slice.from}>
              <Table.Td ps={0}>
                <TextLink to="/reports/denials" search={{ from: slice.from, to: slice.to }}>
                  {sliceText(view.step, slice, language())}
                </TextLink>
              </Table.Td>
              <Table.Td ta="end">
                {slice.denials.reduce((sum, { count }) => sum + count, 0).toLocaleString(language())}
              </Table.Td>
              <Table.Td>
                {commonest !== undefined && (
                  <TextLink to="/reports/sign-ins" search={signInsOf(slice, commonest)}>
                    {reasonTitle(commonest.reason)}
                  </TextLink>
                )}
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
