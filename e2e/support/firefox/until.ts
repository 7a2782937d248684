/** Waits for what a browser shows: it tells of no event that means the same. */
import { setTimeout as delay } from 'node:timers/promises'

const withinMs = 20_000

/** @throws Error with the words of `missing` where it is not there after twenty seconds */
export async function until<T>(
  look: () => Promise<T | undefined>,
  missing: () => string | Promise<string>,
): Promise<T> {
  const startedMs = Date.now()
  while (Date.now() - startedMs < withinMs) {
    const found = await look()
    if (found !== undefined) return found
    await delay(50)
  }
  throw new Error(await missing())
}
