/** Time-based one-time passwords (RFC 6238), with a constant-time match. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { OathAlgorithm } from '@sallyport/contract'

/** What a token is made of. `secret`: 1 to 128 octets; `digits`: 6 to 8; `stepSeconds`: 30 or 60. */
export interface TotpToken {
  readonly secret: Uint8Array
  readonly algorithm: OathAlgorithm
  readonly digits: number
  readonly stepSeconds: number
}

export interface TotpAttempt extends TotpToken {
  /** As the person typed it, without spaces. */
  readonly code: string
  /** Milliseconds since 1970. */
  readonly nowMs: number
  /** Steps looked at before and after the present one; RFC 6238 §5.2 recommends at most one. */
  readonly window: number
  /** The newest step that was used; it and all before it count as used. Null: none was. */
  readonly afterStep: number | null
}

/** `used`: the code is right, but its step or a later one was accepted before (RFC 6238 §5.2: one time means once). */
export type TotpMatch =
  | { readonly kind: 'right'; readonly step: number }
  | { readonly kind: 'used'; readonly step: number }
  | { readonly kind: 'wrong' }

/**
 * Compares a code with those of the steps around now, each in constant time. A wrong code is compared with all of them, so
 * that how long it takes tells nothing; a right one with no more than it needs. A code that several steps share counts for
 * a step not used yet, the nearest to now first.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6238#section-5.2 RFC 6238 §5.2}
 */
export function matchTotp(attempt: TotpAttempt): TotpMatch {
  const present = totpStep(attempt.nowMs, attempt.stepSeconds)
  let match: TotpMatch = { kind: 'wrong' }
  for (const step of stepsAround(present, attempt.window)) {
    if (!isSameCode(hotpCode(attempt, step), attempt.code)) continue
    if (attempt.afterStep === null || step > attempt.afterStep) return { kind: 'right', step }
    if (match.kind === 'wrong') match = { kind: 'used', step }
  }
  return match
}

/** The code that a token shows at a moment (milliseconds since 1970). */
export function totpCode(token: TotpToken, nowMs: number): string {
  return hotpCode(token, totpStep(nowMs, token.stepSeconds))
}

/** The codes of the steps around a moment (milliseconds since 1970), the present one first, as {@link matchTotp} tries them. */
export function totpCodesAround(
  token: TotpToken,
  nowMs: number,
  window: number,
): readonly { readonly step: number; readonly code: string }[] {
  return stepsAround(totpStep(nowMs, token.stepSeconds), window).map((step) => ({ step, code: hotpCode(token, step) }))
}

/** The number of whole steps since 1970. */
export function totpStep(nowMs: number, stepSeconds: number): number {
  return Math.floor(nowMs / 1000 / stepSeconds)
}

const hashes = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-512': 'sha512' } as const satisfies Record<
  OathAlgorithm,
  string
>

/** @see {@link https://www.rfc-editor.org/rfc/rfc4226#section-5.3 RFC 4226 §5.3} */
function hotpCode({ secret, algorithm, digits, stepSeconds }: TotpToken, step: number): string {
  if (digits !== 6 && digits !== 7 && digits !== 8) throw new RangeError('A code has 6 to 8 digits.')
  if (stepSeconds <= 0) throw new RangeError('A step is longer than nothing.')
  const counter = Buffer.allocUnsafe(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac(hashes[algorithm], secret).update(counter).digest()
  const offset = mac.readUInt8(mac.length - 1) & 0xf
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The present step, then one before, one after, two before …; none before 1970. */
function stepsAround(present: number, window: number): readonly number[] {
  const steps = [present]
  for (let distance = 1; distance <= window; distance += 1) steps.push(present - distance, present + distance)
  return steps.filter((step) => step >= 0)
}

function isSameCode(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
