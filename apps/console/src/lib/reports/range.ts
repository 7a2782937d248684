/** The time that a report looks at, as the address keeps it. */
import { choiceParam, timeParam } from '../search-params.ts'

/** Milliseconds back from now; null: no bound. */
const rangeMs = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
  '30d': 2_592_000_000,
  '365d': 31_536_000_000,
  all: null,
} as const
export const presets = ['1h', '24h', '7d', '30d', '365d', 'all'] as const satisfies readonly (keyof typeof rangeMs)[]
type Preset = (typeof presets)[number]

const defaultPreset: Preset = '7d'

/** Fields of a report's search; `range` absent: the default preset, unless `from` or `to` say exact times. */
export const rangeParams = { range: choiceParam(presets), from: timeParam, to: timeParam }
export interface RangeSearch {
  readonly range?: Preset | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The chosen preset; `custom` where exact times are given. */
export function rangeOf({ range, from, to }: RangeSearch): Preset | 'custom' {
  if (from !== undefined || to !== undefined) return 'custom'
  return range ?? defaultPreset
}

/**
 * The bounds for the server.
 * @param nowMs since when a preset counts back, ms since the epoch
 */
export function timesOf(search: RangeSearch, nowMs: number): Pick<RangeSearch, 'from' | 'to'> {
  const range = rangeOf(search)
  const backMs = range === 'custom' ? null : rangeMs[range]
  return { from: backMs === null ? search.from : new Date(nowMs - backMs).toISOString(), to: search.to }
}

/** Without what is not set: an absent parameter is no parameter. */
export function givenOnly<Filter extends object>(filter: Filter): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')) as Filter
}

/** How many of these are set. */
export function countGiven(filters: readonly unknown[]): number {
  return filters.filter((value) => value !== undefined && value !== '').length
}
