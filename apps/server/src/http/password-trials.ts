/**
 * Passwords that administrators try: counted by who tries and by whom they try, in one place for every button that does, so that
 * none of them is a way round the others. An administrator's session must not be a way to guess a user's password.
 */
import { accountPart, usernameKey } from '@sallyport/store'
import type { Caller } from './handlers.ts'
import { ApiProblem } from './problems.ts'
import { createThrottle, type Throttle } from './session/throttle.ts'

export interface PasswordTrials {
  /**
   * Counts one before it is made; the answer is what to call once the password turned out right.
   * Throws ApiProblem `too-many-requests`.
   */
  begin(caller: Pick<Caller, 'administrator'>, username: string): () => void
}

const tests = { limit: 30, windowMs: 5 * 60_000 }
const wrongPasswords = { limit: 10, windowMs: 15 * 60_000 }
const maximumKeys = 10_000

export function createPasswordTrials(clock: () => Date): PasswordTrials {
  const byAdministrator = createThrottle({ ...tests, maximumKeys, clock })
  const byName = createThrottle({ ...wrongPasswords, maximumKeys, clock })
  return {
    begin({ administrator }, username) {
      // However the name is written: `CORP\alice` and `alice@corp.example` are alice to most targets.
      const key = accountPart(usernameKey(username))
      take(byAdministrator, administrator.id, 'Too many tests in a short time.')
      take(byName, key, 'Too many wrong passwords were tried for this user.')
      return () => byName.clear(key)
    },
  }
}

function take(throttle: Throttle, key: string, detail: string): void {
  const retryAfterSeconds = throttle.take(key)
  if (retryAfterSeconds > 0) throw new ApiProblem('too-many-requests', { detail, retryAfterSeconds })
}
