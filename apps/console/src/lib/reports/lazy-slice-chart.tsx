/** The chart of a report, loaded when it is looked at, with its place kept until it is there. */
import { Box, Skeleton } from '@mantine/core'
import { Suspense } from 'react'
import { lazyPart } from '../lazy-page.ts'
import type { SliceChartProps } from './slice-chart.tsx'

const SliceChart = lazyPart(async () => (await import('./slice-chart.tsx')).SliceChart)
const heightPx = 240

export interface LazySliceChartProps extends Omit<SliceChartProps, 'height'> {
  /** What it shows, for those who do not see it. */
  readonly label: string
}

export function LazySliceChart({ label, ...props }: LazySliceChartProps) {
  return (
    <Box h={heightPx} role="img" aria-label={label}>
      <Suspense fallback={<Skeleton h={heightPx} />}>
        <SliceChart {...props} height={heightPx} />
      </Suspense>
    </Box>
  )
}
