/** The sums of a time by application or method, the commonest first, with the way to the sign-ins behind each. */
import { Table } from '@mantine/core'
import type { SignInFilter } from '@sallyport/contract'
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
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table aria-label={label} verticalSpacing={4} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ps={0}>{t('usage.column.what')}</Table.Th>
            {(['accepted', 'rejected', 'unanswered', 'rate'] as const).map((column) => (
              <Table.Th key={column} ta="end">
                {t(`usage.column.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sums.map((sum) => (
            <Table.Tr key={sum.key}>
              <Table.Td ps={0} style={{ overflowWrap: 'anywhere' }}>
                <TextLink to="/reports/sign-ins" search={signInsOf(sum.key) ?? {}}>
                  {nameOf(sum.key)}
                </TextLink>
              </Table.Td>
              {(['accepted', 'rejected', 'unanswered'] as const).map((result) => (
                <Table.Td key={result} ta="end">
                  {sum[result].toLocaleString(language())}
                </Table.Td>
              ))}
              <Table.Td ta="end">
                {(sum.accepted / sum.total).toLocaleString(language(), { style: 'percent' })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
