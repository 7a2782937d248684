/** The time that a mailed report looks at: whole days, weeks and months of its zone, up to the one that it is sent on. */
import type { SavedPeriod } from '@sallyport/contract'
import { firstMomentOf, wallClock } from '../../wall-clock.ts'

export interface Period {
  /** Null: since the beginning. */
  readonly from: Date | null
  /** Where it ends: this moment is no part of it. */
  readonly to: Date
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const daysOf = { '24h': 1, '7d': 7, '30d': 30, '365d': 365 } as const

export function periodAt(
  report: { readonly period: SavedPeriod; readonly from: string | null; readonly to: string | null },
  zone: string,
  due: Date,
): Period {
  const wall = wallClock(zone)
  const moment = (shownMs: number) => new Date(firstMomentOf(wall, shownMs))
  const shown = wall(due.getTime())
  const today = Math.floor(shown / dayMs) * dayMs
  const { period } = report
  switch (period) {
    case 'fixed':
      return {
        from: report.from === null ? null : new Date(report.from),
        to: report.to === null ? due : afterIt(report.to),
      }
    case 'all':
      return { from: null, to: due }
    case '1h': {
      const to = due.getTime() - (shown % hourMs)
      return { from: new Date(to - hourMs), to: new Date(to) }
    }
    case 'last-week': {
      const monday = today - (((new Date(today).getUTCDay() || 7) - 1) % 7) * dayMs
      return { from: moment(monday - 7 * dayMs), to: moment(monday) }
    }
    case 'last-month': {
      const day = new Date(today)
      const first = (back: number) => moment(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - back, 1))
      return { from: first(1), to: first(0) }
    }
    default:
      return { from: moment(today - daysOf[period] * dayMs), to: moment(today) }
  }
}

/** The end of a fixed time belongs to it. */
function afterIt(to: string): Date {
  return new Date(Date.parse(to) + 1)
}
