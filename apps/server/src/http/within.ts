/** Waits for something no longer than so long. */

/** Null where it does not come in time. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  let late: NodeJS.Timeout | undefined
  const timeout = new Promise<null>((resolve) => (late = setTimeout(() => resolve(null), ms)))
  return Promise.race([promise, timeout]).finally(() => clearTimeout(late))
}
