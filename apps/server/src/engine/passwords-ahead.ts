/** The passwords that are kept here: the database's, but for those that users have just changed and nobody has moved there yet. */
import type { EnginePassword, EngineReader } from '@sallyport/store/engine'

import type { KeptChange } from '../access/primary-target.ts'
import type { KeptPasswords } from '../access/tools.ts'

/** By then a change is in the database, or was never durable. */
const aheadForMs = 60_000

export class PasswordsAhead implements KeptPasswords {
  readonly #reader: Pick<EngineReader, 'password'>
  readonly #clock: () => number
  /** In the order of their time. */
  readonly #changed = new Map<string, EnginePassword>()

  constructor(reader: Pick<EngineReader, 'password'>, clock: () => number) {
    this.#reader = reader
    this.#clock = clock
  }

  find(userId: string): EnginePassword | undefined {
    const stored = this.#reader.password(userId)
    const changed = this.#changed.get(userId)
    if (!changed || !stored) return stored
    const isOver = stored.changedAtMs >= changed.changedAtMs || changed.changedAtMs < this.#clock() - aheadForMs
    if (!isOver) return changed
    this.#changed.delete(userId)
    return stored
  }

  change({ userId, hash, sealedNtHash }: KeptChange, atMs: number): void {
    for (const [id, { changedAtMs }] of this.#changed) {
      if (changedAtMs >= atMs - aheadForMs) break
      this.#changed.delete(id)
    }
    this.#changed.delete(userId)
    this.#changed.set(userId, { hash, sealedNtHash, mustChange: false, changedAtMs: atMs })
  }
}
