/** Usage over time: the chart, the figures behind it, and the sums. */
import { Stack, Text } from '@mantine/core'
import type { SignInReason, UsageView } from '@sallyport/contract'
import { EmptyState, ErrorPanel, FoldedSection, LoadingPanel, Notice, Section } from '@sallyport/ui'
import { IconChartBar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { LazySliceChart } from '../../lib/reports/lazy-slice-chart.tsx'
import { givenOnly } from '../../lib/reports/range.ts'
import { sliceText } from '../../lib/reports/slices.ts'
import { ReasonRow } from '../../lib/sign-ins/reason-row.tsx'
import { factorText, resultText } from '../../lib/sign-ins/sign-in-words.ts'
import { language, t } from '../../lib/words.ts'
import { usageQuery } from './queries.ts'
import { usageQueryOf, type UsageSearch } from './search.ts'
import { SumTable } from './sum-table.tsx'
import { UsageSliceTable } from './usage-slice-table.tsx'
import { barsOf, coloursOfResults, others, seriesOf, signInsOf, sumsOf, totalOf } from './usage-figures.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

export interface UsageOverTimeProps {
  readonly search: UsageSearch
  readonly nowMs: number
  readonly onChange: (changed: Partial<UsageSearch>) => void
}

export function UsageOverTime({ search, nowMs, onChange }: UsageOverTimeProps) {
  const query = useMemo(() => usageQueryOf(search, nowMs), [search, nowMs])
  const { data, error, refetch } = useQuery(usageQuery(query))
  if (data === undefined) {
    if (error === null) return <LoadingPanel />
    return <ErrorPanel title={t('usage.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
  }
  const isEmpty = data.slices.every(({ counts }) => counts.length === 0)
  return (
    <Stack>
      {data.uncounted > 0 && (
        <Notice state="neutral" title={t('usage.counting.title')}>
          {t('usage.counting.text', { count: data.uncounted.toLocaleString(language()) })}
        </Notice>
      )}
      {isEmpty ? (
        <EmptyState icon={<IconChartBar size={34} stroke={1.4} />} title={t('usage.empty.title')}>
          {t('usage.empty.text')}
        </EmptyState>
      ) : (
        <Figures view={data} search={search} onChange={onChange} />
      )}
    </Stack>
  )
}

interface FiguresProps extends Pick<UsageOverTimeProps, 'search' | 'onChange'> {
  readonly view: UsageView
}

function Figures({ view, search, onChange }: FiguresProps) {
  const navigate = useNavigate()
  const sums = useMemo(() => sumsOf(view.slices), [view])
  const series = useMemo(() => seriesOf(view.by, sums), [view, sums])
  const filter = useMemo(() => {
    const { clientId, factor, result, userId } = search
    return givenOnly({ clientId, factor, result, userId })
  }, [search])
  const bounds = { from: view.slices[0]?.from ?? '', to: view.slices.at(-1)?.to ?? '' }
  const total = totalOf(sums)
  const formatted = (count: number) => count.toLocaleString(language())
  const open = (index: number, name: string) => {
    const slice = view.slices[index]
    if (slice === undefined) return
    const signIns = signInsOf(view.by, slice, name, filter)
    // What the chart shows as one, this report tells apart once it looks at that time alone.
    if (signIns === null) onChange({ range: undefined, from: slice.from, to: slice.to })
    else void navigate({ to: '/reports/sign-ins', search: signIns })
  }
  const zone = view.zone === 'UTC' ? 'UTC' : undefined
  return (
    <>
      <Section
        title={t('usage.overTime')}
        description={t('usage.sum', {
          accepted: formatted(total.accepted),
          rejected: formatted(total.rejected),
          unanswered: formatted(total.unanswered),
          step: t(`usage.step.${view.step}`),
        })}
      >
        <LazySliceChart
          label={t('usage.chart')}
          slices={view.slices.map((slice) => sliceText(view.step, slice, language(), zone))}
          bars={barsOf(view, series)}
          series={series.map(({ name, colour }) => ({ name, colour, label: keyText(view, name) }))}
          onOpen={open}
        />
        <FoldedSection title={t('usage.figures')}>
          <UsageSliceTable view={view} filter={filter} zone={zone} />
        </FoldedSection>
      </Section>
      <Section title={t(`usage.sums.${view.by}`)}>
        {view.by === 'result' ? (
          <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
            {sums.flatMap((sum) =>
              (['accepted', 'rejected', 'unanswered'] as const)
                .filter((result) => sum[result] > 0)
                .map((result) => (
                  <ReasonRow
                    key={`${sum.key} ${result}`}
                    reason={sum.key as SignInReason}
                    result={result}
                    count={sum[result]}
                    share={sum[result] / total.total}
                    colour={coloursOfResults[result]}
                    signIns={{
                      ...signInsOf('result', bounds, result, filter),
                      reason: sum.key as SignInReason,
                    }}
                  />
                )),
            )}
          </Stack>
        ) : (
          <SumTable
            label={t(`usage.sums.${view.by}`)}
            sums={sums}
            nameOf={(key) => keyText(view, key)}
            signInsOf={(key) => signInsOf(view.by, bounds, key, filter)}
          />
        )}
        <Text size="xs" c="dimmed" mt="md" maw="46rem">
          {t(search.userId === undefined ? 'usage.counted' : 'usage.countedOfUser')}
        </Text>
      </Section>
    </>
  )
}

function keyText({ by, names }: UsageView, key: string): string {
  if (key === others) return t('usage.others')
  switch (by) {
    case 'result':
      return resultText(key as 'accepted')
    case 'application':
      return key === '' ? t('usage.noClient') : (names[key] ?? key)
    case 'method':
      return factorText(key as 'none')
  }
}
