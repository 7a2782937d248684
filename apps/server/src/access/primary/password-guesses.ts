/**
 * Wrong passwords of users whose passwords are kept here: after twenty in fifteen minutes none is looked at until some of them
 * are older than that. Kept in bounded memory; a restart forgives what was counted.
 */

const atMost = 20
const withinMs = 15 * 60_000
const usersAtMost = 100_000

export class PasswordGuesses {
  readonly #byUser = new Map<string, readonly number[]>()

  exhausted(userId: string, nowMs: number): boolean {
    return this.#recent(userId, nowMs).length >= atMost
  }

  count(userId: string, nowMs: number): void {
    const guesses = [...this.#recent(userId, nowMs), nowMs]
    this.#byUser.delete(userId)
    if (this.#byUser.size >= usersAtMost) {
      const oldest = this.#byUser.keys().next()
      if (!oldest.done) this.#byUser.delete(oldest.value)
    }
    this.#byUser.set(userId, guesses)
  }

  /** The user has proven to know the password. */
  forget(userId: string): void {
    this.#byUser.delete(userId)
  }

  #recent(userId: string, nowMs: number): readonly number[] {
    return (this.#byUser.get(userId) ?? []).filter((at) => at > nowMs - withinMs)
  }
}
