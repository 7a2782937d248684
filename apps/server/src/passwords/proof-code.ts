/** Codes that prove a phone number or a mail address: six digits, compared in constant time. */
import { randomInt, timingSafeEqual } from 'node:crypto'

const digits = 6

export function drawProofCode(): string {
  return String(randomInt(10 ** digits)).padStart(digits, '0')
}

export function isProofCode(code: string, typed: string): boolean {
  const [right, given] = [Buffer.from(code), Buffer.from(typed)]
  return right.length === given.length && timingSafeEqual(right, given)
}
