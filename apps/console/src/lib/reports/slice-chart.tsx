/** Counts over time as stacked bars; a press on a part of a bar leads to what is behind it. */
import { BarChart } from '@mantine/charts'
import '@mantine/charts/styles.css'

export interface ChartSeries {
  readonly name: string
  /** In words. */
  readonly label: string
  readonly colour: string
}

export interface SliceChartProps {
  /** The names of the slices, the oldest first. */
  readonly slices: readonly string[]
  /** How many of each series, slice by slice. */
  readonly bars: readonly Readonly<Record<string, number>>[]
  /** From the ground of each bar up. */
  readonly series: readonly ChartSeries[]
  readonly height: number
  readonly onOpen: (slice: number, series: string) => void
}

export function SliceChart({ slices, bars, series, height, onOpen }: SliceChartProps) {
  return (
    <BarChart
      h={height}
      data={slices.map((slice, index) => ({ ...bars[index], slice }))}
      dataKey="slice"
      type="stacked"
      series={series.map(({ name, label, colour }) => ({ name, label, color: colour }))}
      gridAxis="x"
      tickLine="none"
      xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 40 }}
      yAxisProps={{ allowDecimals: false, width: 44 }}
      maxBarWidth={60}
      barProps={({ name }) => ({
        isAnimationActive: false,
        cursor: 'pointer',
        onClick: (_bar: unknown, index: number) => onOpen(index, name),
      })}
    />
  )
}
