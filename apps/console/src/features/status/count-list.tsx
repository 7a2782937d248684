/** Names with counts, the commonest first, each with a bar of its share. */
import { Table, Text } from '@mantine/core'
import { Section } from '@sallyport/ui'
import type { ReactNode } from 'react'
import { language } from '../../lib/words.ts'

export interface CountListProps {
  readonly title: string
  readonly description: string
  readonly none: string
  readonly rows: readonly { readonly key: string; readonly name: ReactNode; readonly count: number }[]
  readonly total?: string
}

const rowsShown = 8

export function CountList({ title, description, none, rows, total }: CountListProps) {
  const most = Math.max(1, ...rows.map((row) => row.count))
  return (
    <Section title={title} description={description}>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <Table aria-label={title} verticalSpacing={4} withRowBorders={false}>
          <Table.Tbody>
            {rows.slice(0, rowsShown).map((row) => (
              <Table.Tr key={row.key}>
                <Table.Th scope="row" fw={400} ps={0}>
                  {row.name}
                </Table.Th>
                <Table.Td w="30%" aria-hidden>
                  <div
                    style={{
                      width: `${Math.max(2, (row.count / most) * 100)}%`,
                      height: 8,
                      borderRadius: 2,
                      background: 'var(--ui-neutral)',
                    }}
                  />
                </Table.Td>
                <Table.Td ta="end" pe={0} style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {row.count.toLocaleString(language())}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {total !== undefined && rows.length > 0 && (
        <Text size="xs" c="dimmed" mt="xs">
          {total}
        </Text>
      )}
    </Section>
  )
}
