/** Edits of many users that can still be undone: a few, for ten minutes, by whoever made them. */
import { randomUUID } from 'node:crypto'
import type { EditedUser } from '@sallyport/store'

const keptMs = 10 * 60_000
const keptAtMost = 20

export interface Edits {
  /** The answer is what {@link Edits.take} knows it by. */
  keep(edited: readonly EditedUser[], administratorId: string): string
  /** Once; undefined where it is too late, or somebody else's. */
  take(id: string, administratorId: string): readonly EditedUser[] | undefined
}

export function createEdits(clock: () => Date): Edits {
  /** The oldest first. */
  const kept = new Map<string, { edited: readonly EditedUser[]; administratorId: string; untilMs: number }>()
  return {
    keep(edited, administratorId) {
      const nowMs = clock().getTime()
      for (const [id, { untilMs }] of kept) if (untilMs <= nowMs || kept.size >= keptAtMost) kept.delete(id)
      const id = randomUUID()
      kept.set(id, { edited, administratorId, untilMs: nowMs + keptMs })
      return id
    },
    take(id, administratorId) {
      const found = kept.get(id)
      if (found?.administratorId !== administratorId || found.untilMs <= clock().getTime()) return undefined
      kept.delete(id)
      return found.edited
    },
  }
}
