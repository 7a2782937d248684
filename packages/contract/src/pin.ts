/** What a PIN has to be, wherever one is chosen. */
import type { CompanySettings } from './company.ts'

const longest = 12

/** Why this PIN cannot be taken, in one sentence; null where it can, as far as it says itself. */
export function pinFault(pin: string, { minimumLength, forbidPatterns }: CompanySettings['pin']): string | null {
  if (!/^[0-9]*$/.test(pin)) return 'A PIN is digits alone.'
  if (pin.length < minimumLength) return `At least ${minimumLength} digits.`
  if (pin.length > longest) return `At most ${longest} digits.`
  return forbidPatterns && isPattern(pin) ? 'All digits the same, or one after the other, are guessed first.' : null
}

/** 1111, 1234, 4321: every digit follows the one before by the same step of 0, 1 or −1. */
function isPattern(pin: string): boolean {
  return [0, 1, -1].some((step) =>
    pin.split('').every((digit, at) => at === 0 || Number(digit) === Number(pin[at - 1]) + step),
  )
}
