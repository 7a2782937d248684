/** The one-way hash that passwords are kept as: argon2id, computed on libuv's threads and never on the caller's. */
import { hash, verify } from '@node-rs/argon2'

/** The library's default, above the least that OWASP's password storage guide asks of it (19 MiB, 2 passes, 1 lane). */
const parameters = { memoryCost: 32 * 1024, timeCost: 2, parallelism: 1 }

export interface Argon2id {
  readonly hash: (password: string) => Promise<string>
  /** `hashed` null stands for somebody unknown: it costs the same time and is never right. */
  readonly verify: (hashed: string | null, password: string) => Promise<boolean>
}

export function createArgon2id(): Argon2id {
  // Made on first use: a start need not wait for it.
  let stranger: Promise<string> | undefined
  return {
    hash: (password) => hash(password, parameters),
    async verify(hashed, password) {
      stranger ??= hash('the password of nobody', parameters)
      const right = await verify(hashed ?? (await stranger), password)
      return right && hashed !== null
    },
  }
}
