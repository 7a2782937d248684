/** The last hour in numbers, as a chart, and as the table behind it. */
import { Box, Group, Skeleton, Text } from '@mantine/core'
import type { StatusView } from '@sallyport/contract'
import { FoldedSection, Section, StateIcon } from '@sallyport/ui'
import { Suspense } from 'react'
import { lazyPart } from '../../lib/lazy-page.ts'
import { resultStates } from '../../lib/sign-ins/sign-in-words.ts'
import { language, t } from '../../lib/words.ts'
import { MinuteTable } from './minute-table.tsx'
import { countedText, results, totals } from './last-hour-figures.ts'
import './page-words.ts'

const LastHourChart = lazyPart(async () => (await import('./last-hour-chart.tsx')).LastHourChart)
const chartHeightPx = 190

export function LastHour({ minutes }: { readonly minutes: StatusView['lastHour'] }) {
  const sums = totals(minutes)
  const quiet = results.every((result) => sums[result] === 0)
  return (
    <Section title={t('status.lastHour.title')}>
      <Group gap="sm" mb="md" component="dl" m={0}>
        {results.map((result) => (
          <Box key={result} miw="9.25rem">
            <Group component="dt" gap={5} wrap="nowrap">
              <StateIcon state={resultStates[result]} size={14} />
              <Text size="sm" c="dimmed" component="span">
                {countedText(result)}
              </Text>
            </Group>
            <Text component="dd" m={0} fz="1.5rem" fw={600} lh={1.3} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {sums[result].toLocaleString(language())}
            </Text>
          </Box>
        ))}
      </Group>
      {quiet ? (
        <Text size="sm" c="dimmed">
          {t('status.lastHour.none')}
        </Text>
      ) : (
        <>
          <Box h={chartHeightPx} role="img" aria-label={t('status.lastHour.chart')}>
            <Suspense fallback={<Skeleton h={chartHeightPx} />}>
              <LastHourChart minutes={minutes} height={chartHeightPx} />
            </Suspense>
          </Box>
          <FoldedSection title={t('status.lastHour.table')}>
            <MinuteTable minutes={minutes} />
          </FoldedSection>
        </>
      )}
    </Section>
  )
}
