/** Administrators' passwords: argon2id hashes, computed few at a time so that a flood of sign-ins starves nobody. */
import { hash, verify } from '@node-rs/argon2'
import { ApiProblem } from '../problems.ts'

export interface Passwords {
  readonly hash: (password: string) => Promise<string>
  /** `hashed` null stands for an unknown administrator: it costs the same time and is never right. */
  readonly verify: (hashed: string | null, password: string) => Promise<boolean>
}

/** Argon2id, the library's default, above the least that OWASP's password storage guide asks of it (19 MiB, 2 passes, 1 lane). */
const parameters = { memoryCost: 32 * 1024, timeCost: 2, parallelism: 1 }

const atOnce = 2
const waitingAtMost = 16

export function createPasswords(): Passwords {
  const turns = createTurns()
  // Made on first use: a start need not wait for it.
  let stranger: Promise<string> | undefined
  return {
    hash: (password) => turns(() => hash(password, parameters)),
    verify: (hashed, password) =>
      turns(async () => {
        stranger ??= hash('the password of nobody', parameters)
        const right = await verify(hashed ?? (await stranger), password)
        return right && hashed !== null
      }),
  }
}

/** Lets a few works run and a few wait; the rest is told to come back. */
function createTurns() {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (waiting.length >= waitingAtMost) {
        throw new ApiProblem('too-many-requests', { detail: 'Too many sign-ins at once.', retryAfterSeconds: 2 })
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
