/** One-time passwords by a counter (RFC 4226): computing one, and comparing one with those of some counters in constant time. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { OathAlgorithm } from '@sallyport/contract'

/** What a token is made of. `secret`: 1 to 128 octets; `digits`: 6 to 8. */
export interface OathKey {
  readonly secret: Uint8Array
  readonly algorithm: OathAlgorithm
  readonly digits: number
}

/** `used`: the code is right, but its counter or a later one was accepted before (RFC 6238 §5.2: one time means once). */
export type StepMatch =
  | { readonly kind: 'right'; readonly step: number }
  | { readonly kind: 'used'; readonly step: number }
  | { readonly kind: 'wrong' }

const hashes = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-512': 'sha512' } as const satisfies Record<
  OathAlgorithm,
  string
>

/**
 * The code of one value of the moving factor: of a counter, or of a time step, which RFC 6238 counts with.
 * @see {@link https://www.rfc-editor.org/rfc/rfc4226#section-5.3 RFC 4226 §5.3}
 */
export function hotpCode({ secret, algorithm, digits }: OathKey, step: number): string {
  if (digits !== 6 && digits !== 7 && digits !== 8) throw new RangeError('A code has 6 to 8 digits.')
  const counter = Buffer.allocUnsafe(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac(hashes[algorithm], secret).update(counter).digest()
  const offset = mac.readUInt8(mac.length - 1) & 0xf
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/**
 * Compares a code with those of some counters, in their order, each in constant time. A wrong code is compared with all of them,
 * so that how long it takes tells nothing; a right one with no more than it needs. A code that several share counts for one
 * that is not used yet.
 * @param afterStep the newest that was used: it and all before it count as used; null: none was
 */
export function matchSteps(key: OathKey, code: string, steps: Iterable<number>, afterStep: number | null): StepMatch {
  let match: StepMatch = { kind: 'wrong' }
  for (const step of steps) {
    if (!isSameCode(hotpCode(key, step), code)) continue
    if (afterStep === null || step > afterStep) return { kind: 'right', step }
    if (match.kind === 'wrong') match = { kind: 'used', step }
  }
  return match
}

/** Equal, in a time that says nothing about where they differ. */
export function isSameCode(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
