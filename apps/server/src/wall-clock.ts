/** What clocks on the wall show in a time zone, and when they show it. */

export type WallClock = (ms: number) => number

/**
 * What clocks show at a moment, as if it were UTC; both in milliseconds since 1970.
 * @param zone of the IANA database
 */
export function wallClock(zone: string): WallClock {
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone: zone, hourCycle: 'h23', era: 'short' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  return (ms) => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((ms % 1000) + 1000) % 1000)
  }
}

const dayMs = 86_400_000

/** The first moment at which clocks show this; where they leap over it, the moment of the leap. */
export function firstMomentOf(wall: WallClock, shownMs: number): number {
  const before = shownMs - offsetAt(wall, shownMs - dayMs)
  const after = shownMs - offsetAt(wall, shownMs + dayMs)
  const shown = [before, after].filter((ms) => wall(ms) === shownMs)
  if (shown.length > 0) return Math.min(...shown)
  // By the offset of after the leap it is too early, by that of before it too late: the leap is in between.
  let [early, late] = [Math.min(before, after), Math.max(before, after)]
  const offset = offsetAt(wall, early)
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (offsetAt(wall, middle) === offset) early = middle
    else late = middle
  }
  return late
}

function offsetAt(wall: WallClock, ms: number): number {
  return wall(ms) - ms
}
