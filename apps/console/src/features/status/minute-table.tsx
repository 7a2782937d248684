/** The figures behind the chart, minute by minute. */
import { Table } from '@mantine/core'
import type { StatusView } from '@sallyport/contract'
import { t } from '../../lib/words.ts'
import { busyMinutes, countedText, results } from './last-hour-figures.ts'
import { minuteText } from './minute-text.ts'
import './page-words.ts'

export function MinuteTable({ minutes }: { readonly minutes: StatusView['lastHour'] }) {
  return (
    <Table aria-label={t('status.lastHour.chart')} verticalSpacing={2} style={{ fontVariantNumeric: 'tabular-nums' }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('status.lastHour.minute')}</Table.Th>
          {results.map((result) => (
            <Table.Th key={result} ta="end">
              {countedText(result)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {busyMinutes(minutes).map((row) => (
          <Table.Tr key={row.minute}>
            <Table.Td>{minuteText(row.minute)}</Table.Td>
            {results.map((result) => (
              <Table.Td key={result} ta="end">
                {row[result]}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
