/** Counts wrong codes at the end of wrong passwords, by user, in bounded memory. */
import type { CodeGuesses } from '../access/tools.ts'
import type { Lockout } from '../access/factor/lockout.ts'

const usersAtMost = 100_000

export class CodeGuessesInMemory implements CodeGuesses {
  readonly #byUser = new Map<string, number[]>()
  readonly #lockout: () => Lockout

  /** @param lockout as Company Settings say now */
  constructor(lockout: () => Lockout) {
    this.#lockout = lockout
  }

  exhausted(userId: string, nowMs: number): boolean {
    const guesses = this.#byUser.get(userId)
    return guesses !== undefined && this.#recent(guesses, nowMs).length >= this.#lockout().failures
  }

  count(userId: string, nowMs: number): void {
    const guesses = [...this.#recent(this.#byUser.get(userId) ?? [], nowMs), nowMs]
    this.#byUser.delete(userId)
    if (this.#byUser.size >= usersAtMost) {
      const oldest = this.#byUser.keys().next()
      if (!oldest.done) this.#byUser.delete(oldest.value)
    }
    this.#byUser.set(userId, guesses)
  }

  #recent(guesses: readonly number[], nowMs: number): number[] {
    return guesses.filter((at) => at > nowMs - this.#lockout().withinMinutes * 60_000)
  }
}
