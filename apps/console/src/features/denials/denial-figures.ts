/** What the report of denials reckons: sums by reason, the bars of its chart, and which sign-ins are behind a bar. */
import type { DenialCount, DenialSlice, DenialsView, SignInFilter, SliceStep } from '@sallyport/contract'

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

export interface ChartSeries {
  /** A reason, or {@link others}. */
  readonly name: string
  readonly colour: string
}

/** From the ground of each bar up: the commonest reasons, each with a colour, and all others as one. */
export function seriesOf({ denials }: DenialSums): readonly ChartSeries[] {
  const reasons = [...new Set(denials.map(({ reason }) => reason))]
  const named = reasons.slice(0, coloursOfReasons.length).map((name, index) => ({
    name,
    colour: coloursOfReasons[index] ?? colourOfOthers,
  }))
  return reasons.length > named.length ? [...named, { name: others, colour: colourOfOthers }] : named
}

/** A bar for each slice: how many of each series. */
export function barsOf(view: DenialsView, series: readonly ChartSeries[]): readonly Readonly<Record<string, number>>[] {
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

type Bounds = Pick<DenialSlice, 'from' | 'to'>

/** The sign-ins of a time, with both its moments: a slice ends just before the next one begins. */
export function signInsOf({ from, to }: Bounds, denial?: Pick<DenialCount, 'result' | 'reason'>): SignInFilter {
  const last = new Date(Date.parse(to) - 1).toISOString()
  return { from, to: last, ...(denial && { result: denial.result, reason: denial.reason }) }
}

/** When a slice began, as short as its length allows. */
export function sliceText(step: SliceStep, { from }: Pick<DenialSlice, 'from'>, locale: string): string {
  const day = { day: 'numeric', month: 'short' } as const
  const minute = { hour: '2-digit', minute: '2-digit' } as const
  const format = {
    quarter: minute,
    hour: { ...day, ...minute },
    day: { weekday: 'short', ...day },
    week: { ...day, year: 'numeric' },
    month: { month: 'short', year: 'numeric' },
  } as const satisfies Record<SliceStep, Intl.DateTimeFormatOptions>
  return new Intl.DateTimeFormat(locale, format[step]).format(new Date(from))
}
