/** Says of a code what an administrator wants to know: right, used already, right but the token is out of step, or wrong. */
import type { TestCodeResult } from '@sallyport/contract'
import { matchSteps, type OathKey } from '../oath/hotp.ts'
import { middleStep, nextCounter, stepsLookedAt, type OathPosition } from '../oath/looked-at.ts'
import { stepsAround, totpStep } from '../oath/totp.ts'

/** As far as a clock that was never set right may have drifted: ten minutes at 30 s a step. */
const searchedSteps = 20
const searchedCounters = 100

export interface TestedToken extends OathKey, OathPosition {
  readonly notBefore: Date | null
  readonly notAfter: Date | null
}

export function testCode(token: TestedToken, code: string, nowMs: number): TestCodeResult {
  const isTotp = token.type === 'totp'
  const middle = isTotp ? middleStep(token, nowMs) : nextCounter(token)
  const near = matchSteps(token, code, stepsLookedAt(token, nowMs), token.lastUsedStep)
  if (near.kind === 'right') {
    const isValid = (token.notBefore?.getTime() ?? nowMs) <= nowMs && nowMs <= (token.notAfter?.getTime() ?? nowMs)
    return { outcome: isValid ? 'right' : 'right-but-not-valid', outOfStepSteps: near.step - middle }
  }
  if (near.kind === 'used') return { outcome: 'right-but-used', outOfStepSteps: near.step - middle }
  const present = isTotp ? totpStep(nowMs, token.stepSeconds) : middle
  const beyond = isTotp
    ? stepsAround(present, searchedSteps)
    : Array.from({ length: searchedCounters }, (_, index) => present + index)
  const far = matchSteps(token, code, beyond, null)
  if (far.kind === 'wrong') return { outcome: 'wrong', outOfStepSteps: null }
  return { outcome: 'right-but-out-of-step', outOfStepSteps: far.step - present }
}
