/** Says how long ago or how far ahead a moment is, in the largest unit that fits. */

const units = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const satisfies readonly (readonly [Intl.RelativeTimeFormatUnit, number])[]

/**
 * The distance of a moment from now, in words.
 * @param at milliseconds since the epoch
 * @param now milliseconds since the epoch
 * @param locale a BCP 47 tag
 */
export function relativeTimeText(at: number, now: number, locale: string): string {
  const seconds = (at - now) / 1000
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit)
  }
  return format.format(Math.abs(seconds) < 10 ? 0 : Math.trunc(seconds), 'second')
}

/** The exact moment in local time with its zone, as shown on hover. */
export function exactTimeText(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(at)
}

/** The exact moment in UTC, to the millisecond, as the logs of other machines write it. */
export function utcTimeText(at: number): string {
  return `${new Date(at).toISOString().replace('T', ' ').replace('Z', '')} UTC`
}
