/** Counts wrong codes at the end of wrong passwords, by user, in bounded memory. */
import type { CodeGuesses } from '../access/tools.ts'
import { lockout } from '../access/factor/lockout.ts'

const usersAtMost = 100_000

export class CodeGuessesInMemory implements CodeGuesses {
  readonly #byUser = new Map<string, number[]>()

  exhausted(userId: string, nowMs: number): boolean {
    const guesses = this.#byUser.get(userId)
    return guesses !== undefined && recent(guesses, nowMs).length >= lockout.failures
  }

  count(userId: string, nowMs: number): void {
    const guesses = [...recent(this.#byUser.get(userId) ?? [], nowMs), nowMs]
    this.#byUser.delete(userId)
    if (this.#byUser.size >= usersAtMost) {
      const oldest = this.#byUser.keys().next()
      if (!oldest.done) this.#byUser.delete(oldest.value)
    }
    this.#byUser.set(userId, guesses)
  }
}

function recent(guesses: readonly number[], nowMs: number): number[] {
  return guesses.filter((at) => at > nowMs - lockout.withinMs)
}
