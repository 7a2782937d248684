/** What is wrong with a CSV, by line and column. */
import { Stack, Table, Text } from '@mantine/core'
import type { ImportUsersResult } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { sentence, t } from '../../lib/words.ts'

export function ImportProblems({ problems }: Pick<ImportUsersResult, 'problems'>) {
  return (
    <Stack gap="xs">
      <Notice state="bad" role="alert" title={t('users.import.problems', { count: problems.length })}>
        {t('users.import.problemsText')}
      </Notice>
      <Table.ScrollContainer minWidth={0} maxHeight={260} type="native">
        <Table stickyHeader aria-label={t('users.import.problemsLabel')} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="4rem" ta="end">
                {t('users.import.line')}
              </Table.Th>
              <Table.Th w="8rem">{t('users.import.column')}</Table.Th>
              <Table.Th>{t('users.import.problem')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {problems.map(({ line, column, message }, index) => (
              <Table.Tr key={index}>
                <Table.Td ta="end">{line}</Table.Td>
                <Table.Td>
                  <Text component="span" size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                    {column ?? ''}
                  </Text>
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{sentence(message)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  )
}
