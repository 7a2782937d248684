/**
 * Which time steps or counters of a token a code is looked for at, and what a code that was found there says of the token's clock.
 */
import type { OathType } from '@sallyport/contract'
import { stepsAround, totpStep } from './totp.ts'

/** Where a token stands. `driftSteps`: smoothed, so that it need not be whole. */
export interface OathPosition {
  readonly type: OathType
  readonly stepSeconds: number
  readonly lastUsedStep: number | null
  readonly driftSteps: number
}

/** RFC 6238 §5.2: one step either way, for what a code takes on its way. */
const windowSteps = 1
/** RFC 4226 §7.4: codes that were shown and not used may be skipped, this many at most. */
const lookAhead = 10
/** A new code moves the middle of the window by a quarter of what it is off, so that one slow typist moves nothing for good. */
const learning = 4
/**
 * What is learnt from codes stays within this (5 minutes at 30 s): whoever relays somebody's codes later and later must not lead
 * the window into the past. Only an administrator, with two codes in a row, goes further.
 */
const learntAtMost = 10

/** The steps (TOTP) or counters (HOTP) to compare a code with, likeliest first; the one just used is among them, to tell it apart. */
export function stepsLookedAt(token: OathPosition, nowMs: number): readonly number[] {
  if (token.type === 'totp') return stepsAround(middleStep(token, nowMs), windowSteps)
  const next = nextCounter(token)
  const ahead = Array.from({ length: lookAhead }, (_, index) => next + index)
  return next === 0 ? ahead : [...ahead, next - 1]
}

/** The time step that the token is believed to be at. */
export function middleStep({ stepSeconds, driftSteps }: OathPosition, nowMs: number): number {
  return totpStep(nowMs, stepSeconds) + Math.round(driftSteps)
}

/** The counter of the next code that a HOTP token shows, as far as is known. */
export function nextCounter({ lastUsedStep }: Pick<OathPosition, 'lastUsedStep'>): number {
  return (lastUsedStep ?? -1) + 1
}

/** The drift that is remembered after a code of this step was right. */
export function learntDrift({ type, stepSeconds, driftSteps }: OathPosition, step: number, nowMs: number): number {
  if (type === 'hotp') return 0
  const offset = step - totpStep(nowMs, stepSeconds)
  const learnt = driftSteps + (offset - driftSteps) / learning
  const bound = Math.max(learntAtMost, Math.abs(driftSteps))
  return Math.min(bound, Math.max(-bound, learnt))
}
