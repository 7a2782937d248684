/** The numbers of the Status screen, from rollups and sockets. */
import type { RadiusSocket, StatusView } from '@sallyport/contract'
import type { SignInRepository } from '@sallyport/store'

type Minutes = Awaited<ReturnType<SignInRepository['minutes']>>

const minuteMs = 60_000
const minutesShown = 60

/** The first of the sixty minutes that end with the present one. */
export function startOfHour(now: Date): Date {
  return new Date(Math.floor(now.getTime() / minuteMs) * minuteMs - (minutesShown - 1) * minuteMs)
}

/** Sixty minutes, oldest first; those in which nothing happened are there with zeros. */
export function lastHour(now: Date, minutes: Minutes): StatusView['lastHour'] {
  const startMs = startOfHour(now).getTime()
  const rows = Array.from({ length: minutesShown }, (_, index) => ({
    minute: new Date(startMs + index * minuteMs).toISOString(),
    accepted: 0,
    rejected: 0,
    challenged: 0,
    unanswered: 0,
  }))
  for (const { minute, result, count } of minutes) {
    const row = rows[Math.floor((minute.getTime() - startMs) / minuteMs)]
    if (row !== undefined) row[result] += count
  }
  return rows
}

/** Why sign-ins were refused, commonest first. */
export function reasons(minutes: Minutes): StatusView['reasons'] {
  const counts = new Map<StatusView['reasons'][number]['reason'], number>()
  for (const { result, reason, count } of minutes) {
    if (result === 'rejected' || result === 'unanswered') counts.set(reason, (counts.get(reason) ?? 0) + count)
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((one, other) => other.count - one.count)
}

export function radiusState(enabled: boolean, sockets: readonly RadiusSocket[]): StatusView['radius']['state'] {
  if (!enabled) return 'off'
  const listening = sockets.filter(({ state }) => state === 'listening')
  if (!listening.some(({ kind }) => kind === 'authentication')) return 'failed'
  return listening.length === sockets.length ? 'on' : 'degraded'
}
