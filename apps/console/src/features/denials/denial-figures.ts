/** What the report of denials reckons: sums by reason, the bars of its chart, and which sign-ins are behind a bar. */
import type { DenialCount, DenialSlice, DenialsView, SignInFilter } from '@sallyport/contract'
import type { ChartSeries } from '../../lib/reports/slice-chart.tsx'
import { signInsWithin, type SliceBounds } from '../../lib/reports/slices.ts'

export interface DenialSums {
  /** The commonest first. */
  readonly denials: readonly DenialCount[]
  readonly denied: number
  readonly accepted: number
}

export function sumsOf(slices: readonly DenialSlice[]): DenialSums {
  const sums = new Map<string, DenialCount>()
  for (const denial of slices.flatMap(({ denials }) => denials)) {
    const key = `${denial.result} ${denial.reason}`
    sums.set(key, { ...denial, count: denial.count + (sums.get(key)?.count ?? 0) })
  }
  const denials = [...sums.values()].sort((one, other) => other.count - one.count)
  return {
    denials,
    denied: denials.reduce((sum, { count }) => sum + count, 0),
    accepted: slices.reduce((sum, { accepted }) => sum + accepted, 0),
  }
}

/** A reason has its own colour while there are few; the rest is one. */
export const coloursOfReasons = ['red.7', 'orange.5', 'yellow.4', 'teal.6', 'blue.5', 'grape.6'] as const
export const colourOfOthers = 'gray.6'
export const others = 'others'

/** `name`: a reason, or {@link others}. */
type Series = Pick<ChartSeries, 'name' | 'colour'>

/** From the ground of each bar up: the commonest reasons, each with a colour, and all others as one. */
export function seriesOf({ denials }: DenialSums): readonly Series[] {
  const reasons = [...new Set(denials.map(({ reason }) => reason))]
  const named = reasons.slice(0, coloursOfReasons.length).map((name, index) => ({
    name,
    colour: coloursOfReasons[index] ?? colourOfOthers,
  }))
  return reasons.length > named.length ? [...named, { name: others, colour: colourOfOthers }] : named
}

/** A bar for each slice: how many of each series. */
export function barsOf(view: DenialsView, series: readonly Series[]): readonly Readonly<Record<string, number>>[] {
  const named = new Set(series.map(({ name }) => name))
  return view.slices.map(({ denials }) => {
    const bar: Record<string, number> = {}
    for (const { reason, count } of denials) {
      const name = named.has(reason) ? reason : others
      bar[name] = (bar[name] ?? 0) + count
    }
    return bar
  })
}

/** The sign-ins that are behind a slice, or behind one reason in it. */
export function signInsOf(slice: SliceBounds, denial?: Pick<DenialCount, 'result' | 'reason'>): SignInFilter {
  return { ...signInsWithin(slice), ...(denial && { result: denial.result, reason: denial.reason }) }
}
