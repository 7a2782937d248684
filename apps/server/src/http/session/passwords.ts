/** Passwords that the console hashes and checks: few at a time, so that a flood of sign-ins starves nobody. */
import { createArgon2id, type Argon2id } from '../../passwords/argon2id.ts'
import { createTurns, NoTurnLeft } from '../../passwords/turns.ts'
import { ApiProblem } from '../problems.ts'

export type Passwords = Argon2id

export function createPasswords(): Passwords {
  const argon2id = createArgon2id()
  const turns = createTurns({ atOnce: 2, waitingAtMost: 16 })
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await turns(work)
    } catch (error) {
      if (!(error instanceof NoTurnLeft)) throw error
      throw new ApiProblem('too-many-requests', { detail: 'Too many sign-ins at once.', retryAfterSeconds: 2 })
    }
  }
  return {
    hash: (password) => inTurn(() => argon2id.hash(password)),
    verify: (hashed, password) => inTurn(() => argon2id.verify(hashed, password)),
  }
}
