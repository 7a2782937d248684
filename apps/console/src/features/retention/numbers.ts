/** Counts, sizes and days as they are read. */
import { language } from '../../lib/words.ts'

export function counted(count: number): { count: number; formatted: string } {
  return { count, formatted: count.toLocaleString(language()) }
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Such as “1.4 GB”: to three figures at most. */
export function sizeText(octets: number): string {
  const step = octets < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(octets) / 3))
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumSignificantDigits: 3,
  }).format(octets / 1000 ** step)
}

/** A day, in the reader's zone. */
export function dayText(at: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(new Date(at))
}

/** To the second, in the reader's zone. */
export function momentText(at: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at))
}
