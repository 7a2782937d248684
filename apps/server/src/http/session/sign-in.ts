/** The first step of an administrator's sign-in, the password: one answer for every failure, the same time for every failure, and limits on guessing. */
import type { AdministratorRecord, AdministratorRepository } from '@sallyport/store'
import { ApiProblem } from '../problems.ts'
import type { KnownAddresses } from './known-addresses.ts'
import type { Passwords } from './passwords.ts'
import { networkOf, type Throttle } from './throttle.ts'

export const wrongPasswordsToLock = 10
export const lockMs = 15 * 60_000

export interface SignInDependencies {
  readonly administrators: Pick<AdministratorRepository, 'byUsername' | 'byId' | 'countFailedSignIn'>
  readonly passwords: Passwords
  /** Tries by network. */
  readonly throttle: Throttle
  readonly knownAddresses: KnownAddresses
  readonly clock: () => Date
}

export interface SignInAttempt {
  readonly username: string
  readonly password: string
  readonly address: string
}

export type SignIn = (attempt: SignInAttempt) => Promise<AdministratorRecord>

/**
 * Makes the function that says whose password it was.
 *
 * Ten wrong passwords in a row lock the name for 15 minutes, but not for the addresses from which its owner has been at
 * work: else anybody who knows the name could keep the only administrator out for good. Such an address keeps its own
 * limit, that of the throttle. A try against a lock is not counted and does not lengthen it.
 *
 * The function throws ApiProblem `sign-in-failed` whatever was wrong, `too-many-requests` when a network tried too often.
 */
export function createSignIn(dependencies: SignInDependencies): SignIn {
  const { administrators, passwords, throttle } = dependencies
  // Passwords are hashed side by side, but judged one after another by what the store says then: guesses made all at
  // once count as many, and none of them gets in behind the lock that the others caused.
  let judging: Promise<unknown> = Promise.resolve()
  return async (attempt) => {
    const network = networkOf(attempt.address)
    const waitSeconds = throttle.take(network)
    if (waitSeconds > 0) {
      const detail = 'Too many sign-ins failed from this address.'
      throw new ApiProblem('too-many-requests', { detail, retryAfterSeconds: waitSeconds })
    }
    const named = await administrators.byUsername(attempt.username)
    const right = await passwords.verify(named?.passwordHash ?? null, attempt.password)
    const verdict = judging.then(() => judge(dependencies, named, right, attempt.address))
    judging = verdict.then(({ counted }) => counted).catch(() => undefined)
    const { administrator } = await verdict
    if (administrator === null) throw new ApiProblem('sign-in-failed')
    return administrator
  }
}

interface Verdict {
  /** Who is let in. */
  readonly administrator: AdministratorRecord | null
  /** Settles when a wrong password is counted. The next judgement waits for it; the answer does not, or it would tell by its time that the name exists. */
  readonly counted?: Promise<void>
}

/** No administrator has this id: what is looked up for a name that nobody has, to take as long. */
const nobody = '00000000-0000-0000-0000-000000000000'

async function judge(
  { administrators, knownAddresses, clock }: SignInDependencies,
  named: AdministratorRecord | null,
  right: boolean,
  address: string,
): Promise<Verdict> {
  const administrator = await administrators.byId(named?.id ?? nobody)
  if (administrator === null) return { administrator }
  const now = clock()
  const isLocked = administrator.lockedUntil !== null && administrator.lockedUntil > now
  if (isLocked && !knownAddresses.has(administrator.id, address)) return { administrator: null }
  if (!right) {
    if (isLocked) return { administrator: null }
    const locks = (administrator.failedSignIns + 1) % wrongPasswordsToLock === 0
    const until = locks ? new Date(now.getTime() + lockMs) : null
    return { administrator: null, counted: administrators.countFailedSignIn(administrator.id, until) }
  }
  // A password that changed while it was compared is no longer right.
  if (administrator.passwordHash !== named?.passwordHash || !administrator.enabled) return { administrator: null }
  return { administrator }
}
