/** A span of whole seconds as people say it: “1 day, 12 hours”, in the language of the words. */

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

export function spanText(seconds: number, locale: string): string {
  let left = seconds
  const parts: string[] = []
  for (const [unit, length] of units) {
    const count = Math.floor(left / length)
    left -= count * length
    if (count > 0) parts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count))
  }
  return new Intl.ListFormat(locale, { type: 'unit' }).format(parts)
}
