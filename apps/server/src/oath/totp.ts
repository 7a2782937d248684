/** Time-based one-time passwords (RFC 6238). */
import { hotpCode, matchSteps, type OathKey, type StepMatch } from './hotp.ts'

/** `stepSeconds`: 30 or 60. */
export interface TotpToken extends OathKey {
  readonly stepSeconds: number
}

export interface TotpAttempt extends TotpToken {
  /** As the person typed it, without spaces. */
  readonly code: string
  /** Milliseconds since 1970. */
  readonly nowMs: number
  /** Steps looked at before and after the middle one; RFC 6238 §5.2 recommends at most one. */
  readonly window: number
  /** How many steps the token's clock runs ahead (+) or behind (−): the middle of the window is that far from now. */
  readonly driftSteps?: number
  /** The newest step that was used; it and all before it count as used. Null: none was. */
  readonly afterStep: number | null
}

/**
 * Compares a code with those of the steps around now, the nearest first.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6238#section-5.2 RFC 6238 §5.2}
 */
export function matchTotp(attempt: TotpAttempt): StepMatch {
  const { code, nowMs, stepSeconds, window, driftSteps = 0, afterStep } = attempt
  return matchSteps(attempt, code, stepsAround(totpStep(nowMs, stepSeconds) + driftSteps, window), afterStep)
}

/** The code that a token shows at a moment (milliseconds since 1970). */
export function totpCode(token: TotpToken, nowMs: number): string {
  return hotpCode(token, totpStep(nowMs, token.stepSeconds))
}

/** The number of whole steps since 1970. */
export function totpStep(nowMs: number, stepSeconds: number): number {
  if (stepSeconds <= 0) throw new RangeError('A step is longer than nothing.')
  return Math.floor(nowMs / 1000 / stepSeconds)
}

/** The middle step, then one before, one after, two before …; none before 1970. */
export function stepsAround(middle: number, window: number): readonly number[] {
  const steps = [middle]
  for (let distance = 1; distance <= window; distance += 1) steps.push(middle - distance, middle + distance)
  return steps.filter((step) => step >= 0)
}
