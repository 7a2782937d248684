/** The second factor of an administrator: one answer for every failure, limits on guessing, and no code twice. */
import type { AdministratorFactors, AdministratorRecord, SignInProof, Store } from '@sallyport/store'
import { matchTotp } from '../../oath/totp.ts'
import { foldRecoveryCode } from '../portal-fallback/recovery-code.ts'
import { ApiProblem } from '../problems.ts'
import type { KnownAddresses } from './known-addresses.ts'
import { lockMs, wrongPasswordsToLock } from './sign-in.ts'
import type { Throttle } from './throttle.ts'

export interface SecondFactorDependencies {
  readonly store: Pick<Store, 'administrators' | 'administratorFactors'>
  /** Tries by administrator, wherever they come from. */
  readonly throttle: Throttle
  readonly knownAddresses: KnownAddresses
  readonly clock: () => Date
}

export interface FactorAttempt {
  readonly administratorId: string
  /** As it was typed. */
  readonly code: string
  readonly address: string
}

/** Says what the code was. Throws ApiProblem `factor-wrong` whatever was wrong, `too-many-requests` after too many tries. */
export type ProveFactor = (attempt: FactorAttempt) => Promise<SignInProof>

/** What an authenticator app shows: RFC 6238 with the values that every app knows. */
export const appToken = { algorithm: 'SHA-1', digits: 6, stepSeconds: 30 } as const

/** Whether somebody has anything that may be asked for beside the password. */
export function hasFactor({ totp, passkeys }: AdministratorFactors): boolean {
  return totp !== null || passkeys > 0
}

/**
 * Makes the function that checks the second step. Wrong codes count as wrong passwords do, in one row with them: ten lock the
 * name for 15 minutes. Beside that, ten tries in 15 minutes are all that an administrator has from wherever they come: who
 * got hold of the password guesses no faster by having many addresses.
 */
export function createProveFactor({ store, throttle, knownAddresses, clock }: SecondFactorDependencies): ProveFactor {
  const prove = async (administrator: AdministratorRecord, { code, address }: FactorAttempt) => {
    const { id, username } = administrator
    const typed = code.replace(/\s/g, '')
    if (/^\d{6}$/.test(typed)) return (await isCodeNow(store, id, typed, clock())) ? 'totp' : null
    const actor = { id, name: username, address }
    const right = await store.administratorFactors.useRecoveryCode(id, foldRecoveryCode(code), actor)
    return right ? 'recovery-code' : null
  }
  return async (attempt) => {
    const { administratorId: id, address } = attempt
    const retryAfterSeconds = throttle.take(id)
    if (retryAfterSeconds > 0) throw new ApiProblem('too-many-requests', { retryAfterSeconds })
    const administrator = await store.administrators.byId(id)
    if (administrator?.enabled !== true) throw new ApiProblem('factor-wrong')
    const now = clock()
    const isLocked = administrator.lockedUntil !== null && administrator.lockedUntil > now
    if (isLocked && !knownAddresses.has(id, address)) throw new ApiProblem('factor-wrong')
    const proof = await prove(administrator, attempt)
    if (proof === null) {
      const locks = !isLocked && (administrator.failedSignIns + 1) % wrongPasswordsToLock === 0
      const until = locks ? new Date(now.getTime() + lockMs) : null
      await store.administratorFactors.noteRefused(id, until, { id, name: administrator.username, address })
      throw new ApiProblem('factor-wrong')
    }
    throttle.clear(id)
    return proof
  }
}

async function isCodeNow(
  { administratorFactors }: Pick<Store, 'administratorFactors'>,
  administratorId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const totp = await administratorFactors.totp(administratorId)
  if (totp === null) return false
  const { secret, lastUsedStep: afterStep } = totp
  const match = matchTotp({ ...appToken, secret, code, nowMs: now.getTime(), window: 1, afterStep })
  // Two who come with one code at once: the store lets one of them have it.
  return match.kind === 'right' && administratorFactors.useTotpStep(administratorId, match.step)
}
