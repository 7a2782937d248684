/** When a scheduled report is to be sent, in its own time zone, whatever the clocks there do. */
import type { ReportSchedule } from '@sallyport/contract'
import { firstMomentOf, wallClock } from '../../wall-clock.ts'

type Times = Pick<ReportSchedule, 'every' | 'weekday' | 'monthDay' | 'time' | 'zone'>

const dayMs = 86_400_000
/** The longest between two times of sending is a month; a zone may leave out a day. */
const daysAhead = 70
/** So many missed ones are counted, and no more. */
const countedAtMost = 1000

/** The first time of sending after a moment. A time that a day does not have is the next one that there is; one that it has twice, the first. */
export function nextAfter(schedule: Times, after: Date): Date {
  const wall = wallClock(schedule.zone)
  const [hour = 0, minute = 0] = schedule.time.split(':').map(Number)
  const today = Math.floor(wall(after.getTime()) / dayMs) * dayMs
  for (let ahead = -1; ahead <= daysAhead; ahead++) {
    const day = today + ahead * dayMs
    if (!isDay(schedule, new Date(day))) continue
    const moment = firstMomentOf(wall, day + hour * 3_600_000 + minute * 60_000)
    if (moment > after.getTime()) return new Date(moment)
  }
  throw new Error(`${schedule.zone} has no such day`)
}

function isDay({ every, weekday, monthDay }: Times, day: Date): boolean {
  if (every === 'day') return true
  if (every === 'week') return (day.getUTCDay() || 7) === weekday
  if (monthDay !== 'last') return day.getUTCDate() === monthDay
  return new Date(day.getTime() + dayMs).getUTCDate() === 1
}

/** The last time of sending up to a moment, from one that is past, and how many there were before it. */
export function lastUpTo(schedule: Times, first: Date, now: Date): { readonly due: Date; readonly missed: number } {
  let due = first
  for (let missed = 0; missed < countedAtMost; missed++) {
    const next = nextAfter(schedule, due)
    if (next > now) return { due, missed }
    due = next
  }
  // The clock leapt over years, or one is behind by them: what is sent is the newest all the same.
  const near = new Date(now.getTime() - 65 * dayMs)
  for (let next = nextAfter(schedule, near); next <= now; next = nextAfter(schedule, next)) due = next
  return { due, missed: countedAtMost }
}

/**
 * When to send next, by the clock as it is now. One that was put back over the last time of sending sends nothing twice; one that had
 * run ahead by more than that is believed no longer.
 */
export function nextBy(schedule: Times, now: Date, lastDue: Date | null): Date {
  const next = nextAfter(schedule, now)
  if (lastDue === null || lastDue < next) return next
  const second = nextAfter(schedule, next)
  return lastDue < second ? second : next
}
