/** Amounts of traffic as people read them: decimal units, three digits at most. */

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const

/** @param locale a BCP 47 tag */
export function octetsText(octets: number, locale: string): string {
  let amount = octets
  let unit = 0
  // 999.5 would be shown as 1,000.
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000
    unit += 1
  }
  const digits = unit === 0 || amount >= 99.5 ? 0 : amount >= 9.95 ? 1 : 2
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'narrow' : 'short',
    maximumFractionDigits: digits,
  }).format(amount)
}
