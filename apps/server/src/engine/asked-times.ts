/** How often each user was asked of late, so that nobody is flooded: in memory, filled again from what is stored after a restart. */
export class AskedTimes {
  /** By user, in the order of their time. */
  readonly #byUser = new Map<string, number[]>()

  add(userId: string, atMs: number): void {
    const times = this.#byUser.get(userId)
    if (times) times.push(atMs)
    else this.#byUser.set(userId, [atMs])
  }

  since(userId: string, sinceMs: number): number {
    return (this.#byUser.get(userId) ?? []).filter((at) => at > sinceMs).length
  }

  /** Forgets what was before. */
  sweep(beforeMs: number): void {
    for (const [userId, times] of this.#byUser) {
      const last = Math.max(...times)
      if (last <= beforeMs) this.#byUser.delete(userId)
    }
  }
}
