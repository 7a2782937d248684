/** The report where there is something to report: over time, and by reason. */
import { Text } from '@mantine/core'
import { signInReason, type DenialsView, type SignInReason } from '@sallyport/contract'
import { FoldedSection, Section } from '@sallyport/ui'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { LazySliceChart } from '../../lib/reports/lazy-slice-chart.tsx'
import { sliceText } from '../../lib/reports/slices.ts'
import { reasonTitle } from '../../lib/sign-ins/sign-in-words.ts'
import { language, t } from '../../lib/words.ts'
import { barsOf, others, seriesOf, signInsOf, sumsOf } from './denial-figures.ts'
import { ReasonList } from './reason-list.tsx'
import { SliceTable } from './slice-table.tsx'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

export function DenialSections({ view }: { readonly view: DenialsView }) {
  const navigate = useNavigate()
  const sums = useMemo(() => sumsOf(view.slices), [view])
  const series = useMemo(() => seriesOf(sums), [sums])
  const open = (index: number, name: string) => {
    const slice = view.slices[index]
    if (slice === undefined) return
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
        <LazySliceChart
          label={t('denials.chart')}
          slices={view.slices.map((slice) => sliceText(view.step, slice, language()))}
          bars={barsOf(view, series)}
          series={series.map(({ name, colour }) => ({ name, colour, label: seriesText(name) }))}
          onOpen={open}
        />
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

function seriesText(name: string): string {
  return name === others ? t('denials.others') : reasonTitle(name as SignInReason)
}
