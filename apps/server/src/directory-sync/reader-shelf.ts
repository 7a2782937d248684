/** Keeps what is read page by page for whoever wants the next page: for two minutes, and only so many at once. */
import { randomUUID } from 'node:crypto'

import { LdapFailure, type DirectoryReader } from '@sallyport/directory'

interface Kept {
  readonly reader: Pick<DirectoryReader, 'close'>
}

const keptMs = 2 * 60_000
const keptAtMost = 8
/** For one answer; a reader that waits for its next page is ended by a timer of its own. */
const answerWithinMs = 20_000

export function createReaderShelf<T extends Kept>() {
  /** The oldest first. */
  const kept = new Map<string, { readonly value: T; readonly timer: NodeJS.Timeout }>()

  function take(id: string): T | undefined {
    const found = kept.get(id)
    if (found) clearTimeout(found.timer)
    kept.delete(id)
    return found?.value
  }

  return {
    take,
    keep(value: T): string {
      const [oldest] = kept.keys()
      if (kept.size >= keptAtMost && oldest !== undefined) take(oldest)?.reader.close()
      const id = randomUUID()
      const timer = setTimeout(() => take(id)?.reader.close(), keptMs)
      timer.unref()
      kept.set(id, { value, timer })
      return id
    },
    close(): void {
      for (const id of [...kept.keys()]) take(id)?.reader.close()
    },
  }
}

/** Closes the reader where this takes too long, or fails. @throws LdapFailure */
export async function answerInTime<T>(reader: Kept['reader'], work: () => Promise<T>): Promise<T> {
  const time = { isOver: false }
  const timer = setTimeout(() => {
    time.isOver = true
    reader.close()
  }, answerWithinMs)
  try {
    return await work()
  } catch (error) {
    reader.close()
    throw time.isOver ? new LdapFailure('timeout', 'The directory took too long: narrow the search.') : error
  } finally {
    clearTimeout(timer)
  }
}
