/** One at a time, in the order of asking: a lock for whoever shares one connection. */

/** Waits for its turn; the answer ends it, and may be called more than once. */
export type TakeTurn = () => Promise<() => void>

export function createTurns(): TakeTurn {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    let end = (): void => undefined
    last = new Promise((resolve) => (end = resolve))
    await before
    return end
  }
}
