/** The reasons of a time: how often each, what it means, and the ways to the sign-ins and to the setting behind it. */
import { Stack } from '@mantine/core'
import type { ChartSeries } from '../../lib/reports/slice-chart.tsx'
import { ReasonRow } from '../../lib/sign-ins/reason-row.tsx'
import { colourOfOthers, signInsOf, type DenialSums } from './denial-figures.ts'

export interface ReasonListProps {
  readonly sums: DenialSums
  readonly series: readonly Pick<ChartSeries, 'name' | 'colour'>[]
  /** The time that was counted. */
  readonly bounds: { readonly from: string; readonly to: string }
}

export function ReasonList({ sums, series, bounds }: ReasonListProps) {
  return (
    <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
      {sums.denials.map((denial) => (
        <ReasonRow
          key={`${denial.result} ${denial.reason}`}
          {...denial}
          share={denial.count / sums.denied}
          colour={series.find(({ name }) => name === denial.reason)?.colour ?? colourOfOthers}
          signIns={signInsOf(bounds, denial)}
        />
      ))}
    </Stack>
  )
}
