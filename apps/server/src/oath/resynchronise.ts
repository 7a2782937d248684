/** Finds a token whose clock or counter has run away, by two codes that it showed one after the other (RFC 4226 §7.4, RFC 6238 §6). */
import { hotpCode, isSameCode, type OathKey } from './hotp.ts'
import { nextCounter, type OathPosition } from './looked-at.ts'
import { totpStep } from './totp.ts'

/** Half a day either way: a clock that was set for another zone is found too. */
const searchedSeconds = 12 * 3600
const searchedCounters = 1000

/** `step`: where the second code was found; it and all before it are used up. */
export interface Found {
  readonly step: number
  readonly driftSteps: number
}

/**
 * Among thousands of places, two codes of six digits are right by chance once in a hundred million tries. What was used before is
 * not looked at: nobody goes back. Undefined: the codes are not there, or not one after the other.
 * @param nowMs when the second code was shown
 */
export function resynchronise(
  token: OathKey & OathPosition,
  [first, second]: readonly [string, string],
  nowMs: number,
): Found | undefined {
  const present = totpStep(nowMs, token.stepSeconds)
  const reach = Math.floor(searchedSeconds / token.stepSeconds)
  const isTotp = token.type === 'totp'
  const from = isTotp ? Math.max(nextCounter(token), present - reach, 0) : nextCounter(token)
  const to = isTotp ? present + reach : from + searchedCounters
  let nearest: Found | undefined
  let before = hotpCode(token, from)
  for (let step = from + 1; step <= to; step++) {
    const code = hotpCode(token, step)
    if (isSameCode(before, first) && isSameCode(code, second)) {
      const found = { step, driftSteps: isTotp ? step - present : 0 }
      if (nearest === undefined || Math.abs(found.driftSteps) < Math.abs(nearest.driftSteps)) nearest = found
    }
    before = code
  }
  return nearest
}
