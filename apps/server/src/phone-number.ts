/** Telephone numbers as people write them into directories: `555-123-4567 x890`, `+49 (0)30 901820`. */
import { isE164 } from '@sallyport/contract'

export interface PhoneNumber {
  /** E.164. */
  readonly number: string
  /** Digits, or empty. */
  readonly extension: string
}

const extension = /(?:;ext=|,|#|\b(?:x|ext|extn|extension|durchwahl)\b\.?:?)\s*(\d{1,20})\s*$/iu
/** Where the 0 before a number belongs to it: Italy and San Marino. */
const keepsZero = new Set(['+39', '+378'])

/**
 * @param countryCode of numbers without one: `+49`; empty: they are none
 * @returns undefined where it is no number that a call could go to
 */
export function parsePhone(text: string, countryCode: string): PhoneNumber | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/^tel:/i, '')
    .replace(/x(?=\s*\d+\s*$)/i, ' x ')
  const found = extension.exec(plain)
  const digits = (found === null ? plain : plain.slice(0, found.index))
    .replace(/\(0\)/g, '')
    .replace(/[\s().\-/–]/gu, '')
  const number = withCountry(digits, countryCode)
  return isE164(number) ? { number, extension: found?.[1] ?? '' } : undefined
}

function withCountry(digits: string, countryCode: string): string {
  if (digits.startsWith('+') || countryCode === '' || !/^\d+$/.test(digits)) return digits
  // What is dialled before a country code: 00 nearly everywhere, 011 from North America.
  const abroad = countryCode === '+1' ? '011' : '00'
  if (digits.startsWith(abroad)) return `+${digits.slice(abroad.length)}`
  // North American numbers have ten digits, behind a 1 where they are dialled in full.
  if (countryCode === '+1') return digits.length === 11 && digits.startsWith('1') ? `+${digits}` : `+1${digits}`
  return `${countryCode}${keepsZero.has(countryCode) ? digits : digits.replace(/^0/, '')}`
}
