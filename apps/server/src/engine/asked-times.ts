/** How often each user was asked of late, so that nobody is flooded: in memory, filled again from what is stored after a restart. */
export class AskedTimes {
  /** By user, in the order of their time; of whoever was asked once, as nearly everybody, the bare time. */
  readonly #byUser = new Map<string, number | readonly number[]>()

  add(userId: string, atMs: number): void {
    const before = this.#byUser.get(userId)
    this.#byUser.set(userId, before === undefined ? atMs : timesOf(before).concat(atMs))
  }

  since(userId: string, sinceMs: number): number {
    return timesOf(this.#byUser.get(userId)).filter((at) => at > sinceMs).length
  }

  /** Forgets what was before. */
  sweep(beforeMs: number): void {
    for (const [userId, times] of this.#byUser) {
      const last = typeof times === 'number' ? times : Math.max(...times)
      if (last <= beforeMs) this.#byUser.delete(userId)
    }
  }
}

function timesOf(kept: number | readonly number[] = []): readonly number[] {
  return typeof kept === 'number' ? [kept] : kept
}
