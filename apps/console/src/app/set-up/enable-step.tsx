/** The last step: the switch, and the first sign-ins as they come in. */
import { Group, Stack, Table, Text } from '@mantine/core'
import { RelativeTime, Section } from '@sallyport/ui'
import { api } from '@sallyport/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { EnableRadius } from '../../features/radius-authentication/enable-radius.tsx'
import { call } from '../../lib/api.ts'
import { ButtonLink } from '../../lib/links.tsx'
import { queryRoots } from '../../lib/query-keys.ts'
import { clientText, reasonTitle, whoText } from '../../lib/sign-ins/sign-in-words.ts'
import { Verdict } from '../../lib/sign-ins/verdict.tsx'
import { language, t } from '../../lib/words.ts'
import { StepHeading } from './step-heading.tsx'
import './page-words.ts'

const watchMs = 2_000

const newestSignInsQuery = queryOptions({
  queryKey: [queryRoots.signIns, 'newest'],
  queryFn: ({ signal }) => call(api.reports.listSignIns, { query: { limit: 5 } }, { signal }),
  refetchInterval: watchMs,
})

export function EnableStep() {
  const { data } = useQuery(newestSignInsQuery)
  return (
    <Stack>
      <StepHeading title={t('set-up.enable.title')} text={t('set-up.enable.text')} />
      <EnableRadius />
      <Section title={t('set-up.enable.watch')} description={t('set-up.enable.watchText')}>
        <div aria-live="polite">
          {data === undefined || data.rows.length === 0 ? (
            <Text size="sm">{t('set-up.enable.waiting')}</Text>
          ) : (
            <Table aria-label={t('set-up.enable.watch')}>
              <Table.Tbody>
                {data.rows.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td>
                      <Verdict result={row.result} />
                      <Text size="sm" c="dimmed">
                        {reasonTitle(row.reason)}
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      {whoText(row)}
                      <Text size="sm" c="dimmed">
                        {clientText(row)}
                      </Text>
                    </Table.Td>
                    <Table.Td ta="end">
                      <RelativeTime at={row.at} locale={language()} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </div>
      </Section>
      <Group justify="flex-end">
        <ButtonLink to="/status">{t('set-up.enable.done')}</ButtonLink>
      </Group>
    </Stack>
  )
}
