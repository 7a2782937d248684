/** Sign-ins with the traces of their datagrams. One that somebody called a fraud stays until an administrator has handled the report. */
import type { Database } from 'better-sqlite3'
import type { KindRoom } from './kind-room.ts'

const dayMs = 24 * 3_600_000
/** So many sign-ins tell how many datagrams one has. */
const sampled = 200

export function prepareSignIns(database: Database): KindRoom {
  // No count reads longer than a day's rows: who reads long keeps the write-ahead log from being emptied.
  const between = database
    .prepare<[number, number], number>('SELECT count(*) FROM SignIn WHERE at >= ? AND at < ?')
    .pluck()
  const oldest = database.prepare<[], number | null>('SELECT min(at) FROM SignIn').pluck()
  const newest = database.prepare<[], number | null>('SELECT max(at) FROM SignIn').pluck()
  const keptSince = database
    .prepare<[number], number>(
      `SELECT count(DISTINCT s.id) FROM FraudReport f JOIN SignIn s ON s.id = f.signInId
       WHERE f.handledAt IS NULL AND s.at < ?`,
    )
    .pluck()
  const next = database.prepare<[number, number, number, number], Row>(
    `SELECT sequence, at, id, EXISTS (SELECT 1 FROM FraudReport f WHERE f.signInId = SignIn.id AND f.handledAt IS NULL) AS kept
     FROM SignIn WHERE (at, sequence) > (?, ?) AND at < ? ORDER BY at, sequence LIMIT ?`,
  )
  const anyOpenReport = database
    .prepare<[], number>('SELECT 1 FROM FraudReport WHERE handledAt IS NULL LIMIT 1')
    .pluck()
  const nextUnlessReported = database.prepare<[number, number, number, number], Row>(
    `SELECT sequence, at, id, 0 AS kept FROM SignIn WHERE (at, sequence) > (?, ?) AND at < ? ORDER BY at, sequence LIMIT ?`,
  )
  const removeRounds = database.prepare<[string]>('DELETE FROM SignInRound WHERE signInId = ?')
  const remove = database.prepare<[number]>('DELETE FROM SignIn WHERE sequence = ?')
  const uncounted = database.prepare<[], number>('SELECT 1 FROM UsageBackfill').pluck()
  const rounds = database
    .prepare<[], number | null>(
      `SELECT avg((SELECT count(*) FROM SignInRound r WHERE r.signInId = s.id))
       FROM (SELECT id FROM SignIn ORDER BY sequence DESC LIMIT ${sampled}) s`,
    )
    .pluck()
  let last = { atMs: -1, sequence: 0 }

  const countUpTo = async (endMs: number, pause: () => Promise<void>) => {
    const first = oldest.get() ?? null
    if (first === null) return 0
    let total = 0
    for (let from = first; from < endMs; from += dayMs) {
      total += between.get(from, Math.min(endMs, from + dayMs)) ?? 0
      await pause()
    }
    return total
  }
  return {
    tables: (rows) => [
      { name: 'SignIn', rows },
      { name: 'SignInRound', rows: Math.round(rows * (rounds.get() ?? 0)) },
    ],
    rows: (pause) => countUpTo((newest.get() ?? 0) + 1, pause),
    oldestAtMs: () => oldest.get() ?? null,
    olderThan: async (beforeMs, pause) => (await countUpTo(beforeMs, pause)) - (keptSince.get(beforeMs) ?? 0),
    removeSome(beforeMs, limit) {
      // Each time: a report may have come meanwhile.
      const following = anyOpenReport.get() === undefined ? nextUnlessReported : next
      const rows = following.all(last.atMs, last.sequence, beforeMs, limit)
      const doomed = rows.filter(({ kept }) => kept === 0)
      for (const { sequence, id } of doomed) {
        removeRounds.run(id)
        remove.run(sequence)
      }
      const end = rows.at(-1)
      if (end !== undefined) last = { atMs: end.at, sequence: end.sequence }
      return { rows: doomed.length, more: rows.length === limit }
    },
    heldBy: () => (uncounted.get() === undefined ? null : 'not-counted'),
  }
}

interface Row {
  readonly sequence: number
  readonly at: number
  readonly id: string
  readonly kept: 0 | 1
}
