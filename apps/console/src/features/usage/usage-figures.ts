/** What the report of usage reckons: sums, the bars of its chart, and which sign-ins are behind a bar. */
import {
  endedResult,
  factorOrNone,
  type EndedResult,
  type SignInFilter,
  type UsageBy,
  type UsageSlice,
  type UsageView,
} from '@sallyport/contract'
import type { ChartSeries } from '../../lib/reports/slice-chart.tsx'
import { signInsWithin, type SliceBounds } from '../../lib/reports/slices.ts'

export interface UsageSum {
  /** A reason, a client's id, or a second factor. */
  readonly key: string
  readonly accepted: number
  readonly rejected: number
  readonly unanswered: number
  readonly total: number
}

/** The commonest first. */
export function sumsOf(slices: readonly UsageSlice[]): readonly UsageSum[] {
  const sums = new Map<string, UsageSum>()
  for (const { key, result, count } of slices.flatMap(({ counts }) => counts)) {
    const before = sums.get(key) ?? { key, accepted: 0, rejected: 0, unanswered: 0, total: 0 }
    sums.set(key, { ...before, [result]: before[result] + count, total: before.total + count })
  }
  return [...sums.values()].sort((one, other) => other.total - one.total)
}

export function totalOf(sums: readonly UsageSum[]): Omit<UsageSum, 'key'> {
  const add = (part: Exclude<keyof UsageSum, 'key'>) => sums.reduce((sum, each) => sum + each[part], 0)
  return { accepted: add('accepted'), rejected: add('rejected'), unanswered: add('unanswered'), total: add('total') }
}

export const coloursOfResults: Record<EndedResult, string> = {
  accepted: 'teal.6',
  rejected: 'red.7',
  unanswered: 'yellow.4',
}
const colours = ['blue.5', 'teal.6', 'orange.5', 'grape.6', 'yellow.4', 'red.7'] as const
export const colourOfOthers = 'gray.6'
export const others = 'others'

/** By result, a bar tells how they ended; else it tells the commonest apart, and all others as one. */
export function seriesOf(by: UsageBy, sums: readonly UsageSum[]): readonly Pick<ChartSeries, 'name' | 'colour'>[] {
  if (by === 'result') {
    const totals = totalOf(sums)
    return endedResult.options
      .filter((result) => totals[result] > 0)
      .map((name) => ({ name, colour: coloursOfResults[name] }))
  }
  const named = sums.slice(0, colours.length).map(({ key }, index) => ({
    name: key,
    colour: colours[index] ?? colourOfOthers,
  }))
  return sums.length > named.length ? [...named, { name: others, colour: colourOfOthers }] : named
}

/** A bar for each slice: how many of each series. */
export function barsOf(
  { by, slices }: Pick<UsageView, 'by' | 'slices'>,
  series: readonly Pick<ChartSeries, 'name'>[],
): readonly Readonly<Record<string, number>>[] {
  const named = new Set(series.map(({ name }) => name))
  return slices.map(({ counts }) => {
    const bar: Record<string, number> = {}
    for (const { key, result, count } of counts) {
      const wanted = by === 'result' ? result : key
      const name = named.has(wanted) ? wanted : others
      bar[name] = (bar[name] ?? 0) + count
    }
    return bar
  })
}

type Filter = Pick<SignInFilter, 'clientId' | 'factor' | 'result' | 'userId'>

/** The sign-ins behind a part of a bar or a row, beside what the report itself is filtered by; null: no filter tells these. */
export function signInsOf(by: UsageBy, slice: SliceBounds, name: string, filter: Filter): SignInFilter | null {
  const within = { ...signInsWithin(slice), ...filter }
  switch (by) {
    case 'result': {
      const result = endedResult.options.find((known) => known === name)
      return result === undefined ? null : { ...within, result }
    }
    case 'application':
      // Only requests of unknown clients are nobody's.
      if (name === '') return { ...within, reason: 'unknown-client' }
      return name === others ? null : { ...within, clientId: name }
    case 'method': {
      const factor = factorOrNone.options.find((known) => known === name)
      return factor === undefined ? null : { ...within, factor }
    }
  }
}
