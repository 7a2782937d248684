/** The report where there is something to report: over time, and by reason. */
import { Box, Skeleton, Text } from '@mantine/core'
import { signInReason, type DenialSlice, type DenialsView } from '@sallyport/contract'
import { FoldedSection, Section } from '@sallyport/ui'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import { language, t } from '../../lib/words.ts'
import { seriesOf, signInsOf, sumsOf } from './denial-figures.ts'
import { ReasonList } from './reason-list.tsx'
import { SliceTable } from './slice-table.tsx'
import './page-words.ts'

const DenialsChart = lazy(async () => ({ default: (await import('./denials-chart.tsx')).DenialsChart }))
const chartHeightPx = 240

export function DenialSections({ view }: { readonly view: DenialsView }) {
  const navigate = useNavigate()
  const sums = useMemo(() => sumsOf(view.slices), [view])
  const series = useMemo(() => seriesOf(sums), [sums])
  const open = (slice: DenialSlice, name: string) => {
    const reason = signInReason.options.find((known) => known === name)
    // What the chart shows as one, this report tells apart once it looks at that time alone.
    if (reason === undefined) void navigate({ to: '/reports/denials', search: { from: slice.from, to: slice.to } })
    else void navigate({ to: '/reports/sign-ins', search: { ...signInsOf(slice), reason } })
  }
  const { denied, accepted } = sums
  const bounds = { from: view.slices[0]?.from ?? '', to: view.slices.at(-1)?.to ?? '' }
  return (
    <>
      <Section
        title={t('denials.overTime')}
        description={t('denials.sum', {
          denied: denied.toLocaleString(language()),
          accepted: accepted.toLocaleString(language()),
          step: t(`denials.step.${view.step}`),
        })}
      >
        <Box h={chartHeightPx} role="img" aria-label={t('denials.chart')}>
          <Suspense fallback={<Skeleton h={chartHeightPx} />}>
            <DenialsChart view={view} series={series} height={chartHeightPx} onOpen={open} />
          </Suspense>
        </Box>
        <FoldedSection title={t('denials.figures')}>
          <SliceTable view={view} />
        </FoldedSection>
      </Section>
      <Section title={t('denials.byReason')}>
        <ReasonList sums={sums} series={series} bounds={bounds} />
        <Text size="xs" c="dimmed" mt="md" maw="46rem">
          {t('denials.counted')}
        </Text>
      </Section>
    </>
  )
}
