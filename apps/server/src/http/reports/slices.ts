/** Cuts a time into slices that begin where somebody's hours, days, weeks and months do. */
import type { SliceStep } from '@sallyport/contract'
import { wallClock } from '../../wall-clock.ts'

export interface Slice {
  readonly fromMs: number
  /** Where the next one begins. */
  readonly toMs: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** What is counted together at the least; every zone is a whole number of these away from UTC. */
export const quarterMs = 900_000

/** Up to how long a time each step serves, in order. */
const steps: readonly (readonly [SliceStep, number])[] = [
  ['quarter', 13 * hourMs],
  ['hour', 4 * dayMs],
  ['day', 93 * dayMs],
  ['week', 2 * 366 * dayMs],
  ['month', Infinity],
]

/** The step for a time of so many milliseconds: about 10 to 100 slices. */
export function stepFor(lengthMs: number): SliceStep {
  return steps.find(([, atMostMs]) => lengthMs <= atMostMs)?.[0] ?? 'month'
}

/**
 * The slices, oldest first, without a gap: the first begins at `fromMs`, the last ends at `toMs`.
 * @param zone of the IANA database
 */
export function* slicesOf(step: SliceStep, { fromMs, toMs }: Slice, zone: string): Generator<Slice> {
  const next = nextIn(step, zone)
  let start = fromMs
  while (start < toMs) {
    // Whatever a zone's history holds, time goes on.
    const end = Math.min(toMs, Math.max(next(start), start + quarterMs))
    yield { fromMs: start, toMs: end }
    start = end
  }
}

/** Where the slice ends that a moment is in. */
function nextIn(step: SliceStep, zone: string): (ms: number) => number {
  const wall = wallClock(zone)
  /** The moment at which the wall clock shows this, as if it were UTC. */
  const momentOf = (wallMs: number) => {
    const near = wallMs - (wall(wallMs) - wallMs)
    return wallMs - (wall(near) - near)
  }
  switch (step) {
    case 'quarter':
      return (ms) => floor(ms, quarterMs) + quarterMs
    case 'hour':
      return (ms) => {
        const shown = wall(ms)
        return ms - (shown - floor(shown, hourMs)) + hourMs
      }
    case 'day':
      return (ms) => momentOf(floor(wall(ms), dayMs) + dayMs)
    case 'week':
      // The first of January 1970 was a Thursday.
      return (ms) => momentOf(floor(wall(ms) + 3 * dayMs, 7 * dayMs) + 4 * dayMs)
    case 'month':
      return (ms) => {
        const shown = new Date(wall(ms))
        return momentOf(Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth() + 1, 1))
      }
  }
}

function floor(ms: number, unitMs: number): number {
  return Math.floor(ms / unitMs) * unitMs
}
