/** Codes that prove a token which is being enrolled. */
import { matchSteps, type OathKey } from '../../oath/hotp.ts'
import { stepsLookedAt, type OathPosition } from '../../oath/looked-at.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import type { Throttle } from '../session/throttle.ts'

/** What every authenticator app understands. */
export const softwareToken = { type: 'totp', algorithm: 'SHA-1', digits: 6, stepSeconds: 30 } as const

/** The step whose code this is; undefined: the code is not right, or it was used. */
export function stepOf(token: OathKey & OathPosition, code: string, now: Date): number | undefined {
  const match = matchSteps(token, code, stepsLookedAt(token, now.getTime()), token.lastUsedStep)
  return match.kind === 'right' ? match.step : undefined
}

export function wrongCode(path: string): ApiProblem {
  return invalidInput({ path, message: 'This is not right, or the code was used before. Take the next one.' })
}

/** Counts a try under each key; throws where there were too many. */
export function takeTry(throttle: Throttle, ...keys: readonly string[]): void {
  const retryAfterSeconds = Math.max(...keys.map((key) => throttle.take(key)))
  if (retryAfterSeconds > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds })
}
