/** What a row of a file says of a token, and how each of its values is read, whatever kind of file it came in. */
import type { ImportReason, OathAlgorithm, OathType } from '@sallyport/contract'
import type { ImportedToken } from '@sallyport/store'
import { decodeBase32 } from '../../../oath/otpauth.ts'

export type SecretFormat = 'detect' | 'base32' | 'hex'

/** `token` null: it cannot be taken, for this reason, which is about this column or element. */
export interface TokenRow {
  readonly number: number
  readonly serialNumber: string
  readonly upn: string
  readonly token: ImportedToken | null
  readonly reason: ImportReason | null
  readonly field: string | null
}

/** Thrown while a row is read, and caught where the row ends: it costs that row. */
export class RowProblem extends Error {
  readonly reason: ImportReason
  readonly field: string
  constructor(reason: ImportReason, field: string) {
    super(reason)
    this.reason = reason
    this.field = field
  }
}

const control = /\p{Cc}/u
const longest = 64
/** No button was ever pressed so often. */
const highestCounter = 2_000_000_000

export function readLine(text: string, field: string): string {
  const trimmed = text.trim()
  if (trimmed.length > longest || control.test(trimmed)) throw new RowProblem('bad-text', field)
  return trimmed
}

export function readSerialNumber(text: string, field: string): string {
  const serialNumber = readLine(text, field)
  if (serialNumber === '') throw new RowProblem('no-serial-number', field)
  return serialNumber
}

/** 16 to 128 octets: RFC 4226 §4 R6 asks for at least 128 bits. */
export function checkSecret(secret: Uint8Array | undefined, field: string): Uint8Array {
  if (secret === undefined || secret.length === 0) throw new RowProblem('bad-secret', field)
  if (secret.length < 16) throw new RowProblem('short-secret', field)
  if (secret.length > 128) throw new RowProblem('bad-secret', field)
  return secret
}

/**
 * A key as people write it. Only hexadecimal has 0, 1, 8 and 9, only Base32 has G to Z; of random keys, one in 10,000 in
 * hexadecimal has neither, and none in Base32: what could be either is hexadecimal.
 */
export function readSecret(text: string, format: SecretFormat, field: string): Uint8Array {
  const written = text.toUpperCase().replace(/[\s-]/g, '')
  const isHex = format === 'hex' || (format === 'detect' && /^([0-9A-F]{2})+$/.test(written))
  if (!isHex) return checkSecret(decodeBase32(written), field)
  return checkSecret(/^([0-9A-F]{2})+$/.test(written) ? Buffer.from(written, 'hex') : undefined, field)
}

export function readDigits(text: string, field: string): number {
  const digits = Number(text.trim() || 6)
  if (![6, 7, 8].includes(digits)) throw new RowProblem('bad-digits', field)
  return digits
}

export function readStep(text: string, field: string): number {
  const seconds = Number(text.trim() || 30)
  if (seconds !== 30 && seconds !== 60) throw new RowProblem('bad-interval', field)
  return seconds
}

/** The counter of the next code, as the newest one that is used up. */
export function readCounter(text: string, field: string): number | null {
  const counter = text.trim() === '' ? 0 : Number(text)
  if (!/^\s*\d*\s*$/.test(text) || counter > highestCounter) throw new RowProblem('bad-counter', field)
  return counter === 0 ? null : counter - 1
}

export function readAlgorithm(text: string, field: string): OathAlgorithm {
  switch (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .replace(/^hmac/, '')
  ) {
    case '':
    case 'sha1':
      return 'SHA-1'
    case 'sha256':
      return 'SHA-256'
    case 'sha512':
      return 'SHA-512'
    default:
      throw new RowProblem('bad-algorithm', field)
  }
}

export function readType(text: string, field: string): OathType {
  switch (text.trim().toLowerCase()) {
    case '':
    case 'totp':
      return 'totp'
    case 'hotp':
      return 'hotp'
    default:
      throw new RowProblem('bad-type', field)
  }
}

/** ISO 8601: a day, or a moment with its zone; a day begins in UTC. */
export function readDate(text: string, field: string): Date | null {
  const written = text.trim()
  if (written === '') return null
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(written)
  const date = new Date(/T.*(Z|[+-]\d{2}:\d{2})$/.test(written) || !written.includes('T') ? written : `${written}Z`)
  if (!isDate || Number.isNaN(date.getTime())) throw new RowProblem('bad-date', field)
  return date
}
