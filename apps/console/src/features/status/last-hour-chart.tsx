/** The last hour as stacked bars, a bar a minute; loaded only where it is shown. */
import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import type { StatusView } from '@sallyport/contract'
import { resultStates } from '../../lib/sign-ins/sign-in-words.ts'
import { countedText, results } from './last-hour-figures.ts'
import { minuteText } from './minute-text.ts'

export interface LastHourChartProps {
  readonly minutes: StatusView['lastHour']
  readonly height: number
}

export function LastHourChart({ minutes, height }: LastHourChartProps) {
  return (
    <BarChart
      h={height}
      data={minutes.map((minute) => ({ ...minute, minute: minuteText(minute.minute) }))}
      dataKey="minute"
      type="stacked"
      series={results.map((name) => ({ name, label: countedText(name), color: `var(--ui-${resultStates[name]})` }))}
      gridAxis="x"
      tickLine="none"
      xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 40 }}
      yAxisProps={{ allowDecimals: false, width: 36 }}
      barProps={{ isAnimationActive: false }}
    />
  )
}
