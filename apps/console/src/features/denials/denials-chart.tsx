/** The denials over time as stacked bars; a press on a part of a bar leads to what is behind it. */
import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import type { DenialsView, SignInReason } from '@sallyport/contract'
import { reasonTitle } from '../../lib/sign-ins/sign-in-words.ts'
import { language, t } from '../../lib/words.ts'
import { barsOf, others, sliceText, type ChartSeries } from './denial-figures.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

export interface DenialsChartProps {
  readonly view: DenialsView
  readonly series: readonly ChartSeries[]
  readonly height: number
  /** @param name a reason, or the others as one */
  readonly onOpen: (slice: DenialsView['slices'][number], name: string) => void
}

export function DenialsChart({ view, series, height, onOpen }: DenialsChartProps) {
  const bars = barsOf(view, series)
  return (
    <BarChart
      h={height}
      data={view.slices.map((slice, index) => ({ ...bars[index], slice: sliceText(view.step, slice, language()) }))}
      dataKey="slice"
      type="stacked"
      series={series.map(({ name, colour }) => ({ name, label: seriesText(name), color: colour }))}
      gridAxis="x"
      tickLine="none"
      xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 40 }}
      yAxisProps={{ allowDecimals: false, width: 44 }}
      maxBarWidth={60}
      barProps={({ name }) => ({
        isAnimationActive: false,
        cursor: 'pointer',
        onClick: (_bar: unknown, index: number) => {
          const slice = view.slices[index]
          if (slice !== undefined) onOpen(slice, name)
        },
      })}
    />
  )
}

function seriesText(name: string): string {
  return name === others ? t('denials.others') : reasonTitle(name as SignInReason)
}
