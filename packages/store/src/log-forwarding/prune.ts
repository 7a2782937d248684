/** Forgets events that every receiver has taken; and the oldest, counted as lost, where more wait than may. */
import type { Database } from 'better-sqlite3'

/** A millisecond or two: whoever writes for sign-ins waits as long. */
const removedAtOnce = 1000

/** True: there is more to remove. */
export function preparePruning(database: Database, limit: number): () => boolean {
  const first = database.prepare<[], number | null>('SELECT min(sequence) FROM LogEvent').pluck()
  const last = database.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'LogEvent'").pluck()
  const slowest = database
    .prepare<[], number | null>(
      `SELECT min(eventsUpTo) FROM LogReceiverCursor JOIN LogReceiver ON id = receiverId
       WHERE enabled = 1 AND (signIns OR questions OR accounting)`,
    )
    .pluck()
  const remove = database.prepare<[number]>('DELETE FROM LogEvent WHERE sequence <= ?')
  // What was removed unsent is not sent any more.
  const giveUp = database.prepare<[object]>(
    `UPDATE LogReceiverCursor SET lost = lost + $upTo - eventsUpTo, eventsUpTo = $upTo
     WHERE eventsUpTo < $upTo
       AND receiverId IN (SELECT id FROM LogReceiver WHERE enabled = 1 AND (signIns OR questions OR accounting))`,
  )
  const removeUpTo = database.transaction((upTo: number) => {
    giveUp.run({ upTo })
    remove.run(upTo)
  })
  return () => {
    const oldest = first.get() ?? null
    if (oldest === null) return false
    const newest = last.get() ?? 0
    const taken = slowest.get() ?? newest
    const upTo = Math.max(taken, newest - limit)
    if (upTo < oldest) return false
    const piece = Math.min(upTo, oldest + removedAtOnce - 1)
    removeUpTo.immediate(piece)
    return piece < upTo
  }
}
