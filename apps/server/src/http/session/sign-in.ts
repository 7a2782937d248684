/** An administrator's sign-in: one answer for every failure, the same time for every failure, and limits on guessing. */
import type { Actor, AdministratorRecord, AdministratorRepository } from '@sallyport/store'
import { ApiProblem } from '../problems.ts'
import type { KnownAddresses } from './known-addresses.ts'
import type { Passwords } from './passwords.ts'
import { networkOf, type Throttle } from './throttle.ts'

export const wrongPasswordsToLock = 10
export const lockMs = 15 * 60_000

export interface SignInDependencies {
  readonly administrators: AdministratorRepository
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

/**
 * Who signed in.
 *
 * Ten wrong passwords in a row lock the name for 15 minutes, but not for the addresses from which its owner has been at
 * work: else anybody who knows the name could keep the only administrator out for good. Such an address keeps its own
 * limit, that of the throttle. A try against a lock is not counted and does not lengthen it.
 * @throws ApiProblem `sign-in-failed` whatever was wrong, `too-many-requests` when this network tried too often
 */
export async function signIn(dependencies: SignInDependencies, attempt: SignInAttempt): Promise<AdministratorRecord> {
  const { administrators, passwords, throttle, knownAddresses, clock } = dependencies
  const network = networkOf(attempt.address)
  const waitSeconds = throttle.take(network)
  if (waitSeconds > 0) {
    throw new ApiProblem('too-many-requests', {
      detail: 'Too many sign-ins failed from this address.',
      retryAfterSeconds: waitSeconds,
    })
  }
  const administrator = await administrators.byUsername(attempt.username)
  const right = await passwords.verify(administrator?.passwordHash ?? null, attempt.password)
  if (administrator === null) throw new ApiProblem('sign-in-failed')

  const isKnown = knownAddresses.has(administrator.id, attempt.address)
  const isLocked = administrator.lockedUntil !== null && administrator.lockedUntil > clock()
  if (isLocked && !isKnown) throw new ApiProblem('sign-in-failed')
  if (!right) {
    if (!isLocked) await countWrongPassword(dependencies, administrator)
    throw new ApiProblem('sign-in-failed')
  }
  if (!administrator.enabled) throw new ApiProblem('sign-in-failed')

  throttle.clear(network)
  knownAddresses.note(administrator.id, attempt.address)
  const actor: Actor = { id: administrator.id, name: administrator.username, address: attempt.address }
  await administrators.noteSignIn(administrator.id, actor)
  return administrator
}

async function countWrongPassword({ administrators, clock }: SignInDependencies, administrator: AdministratorRecord) {
  const count = administrator.failedSignIns + 1
  const locks = count % wrongPasswordsToLock === 0
  await administrators.countFailedSignIn(administrator.id, locks ? new Date(clock().getTime() + lockMs) : null)
}
