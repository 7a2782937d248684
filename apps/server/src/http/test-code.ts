/** Says of a code what an administrator wants to know: right, used already, right but the token's clock is off, or wrong. */
import type { TestCodeResult } from '@sallyport/contract'
import { matchTotp, totpStep, type TotpToken } from '../oath/totp.ts'

/** As far as a clock that was never set right may have drifted: ten minutes at 30 s a step. */
const searchedSteps = 20

export function testCode(
  token: TotpToken & { readonly lastUsedStep: number | null },
  code: string,
  nowMs: number,
): TestCodeResult {
  const distance = (step: number) => step - totpStep(nowMs, token.stepSeconds)
  const near = matchTotp({ ...token, code, nowMs, window: 1, afterStep: token.lastUsedStep })
  if (near.kind === 'right') return { outcome: 'right', outOfStepSteps: distance(near.step) }
  if (near.kind === 'used') return { outcome: 'right-but-used', outOfStepSteps: distance(near.step) }
  const far = matchTotp({ ...token, code, nowMs, window: searchedSteps, afterStep: null })
  if (far.kind === 'wrong') return { outcome: 'wrong', outOfStepSteps: null }
  return { outcome: 'right-but-out-of-step', outOfStepSteps: distance(far.step) }
}
