/**
 * The audit trail: its oldest entries go only in their order, only after they were found to be whole, and in the transaction that writes
 * what was removed to its end and where it begins from now on.
 */
import type { Database } from 'better-sqlite3'
import { checkChain } from '../audit/check-chain.ts'
import { prepareAudit, prepareTrail } from '../audit/trail-rows.ts'
import { sealTrailStart, trailStartSetting } from '../audit/trail-start.ts'
import type { Sealer } from '../sealing/sealer.ts'
import type { KindRoom } from './kind-room.ts'

/** What a log receiver has still to get stays for so much longer. */
const unsentStaysMs = 30 * 24 * 3_600_000
/** Each piece leaves an entry behind: not too small ones. */
const smallestPiece = 1000

export function prepareChanges(database: Database, sealer: Sealer, administrator: string, clock: () => Date): KindRoom {
  const trail = prepareTrail(database, sealer)
  const audit = prepareAudit(database, administrator)
  const count = database.prepare<[], number>('SELECT count(*) FROM AuditEntry').pluck()
  // By their numbers, and no further than the first that stays: a clock that was put back leaves no hole.
  const firstKept = database
    .prepare<[number], number | null>('SELECT sequence FROM AuditEntry WHERE at >= ? ORDER BY sequence LIMIT 1')
    .pluck()
  const first = database.prepare<[], { sequence: number; at: number }>(
    'SELECT sequence, at FROM AuditEntry ORDER BY sequence LIMIT 1',
  )
  const wantsChanges = 'SELECT id FROM LogReceiver WHERE enabled = 1 AND changes = 1'
  const sentUpTo = database
    .prepare<[], number | null>(`SELECT min(changesUpTo) FROM LogReceiverCursor WHERE receiverId IN (${wantsChanges})`)
    .pluck()
  const giveUp = database.prepare<[object]>(
    `UPDATE LogReceiverCursor SET lost = lost + $upTo - changesUpTo, changesUpTo = $upTo
     WHERE changesUpTo < $upTo AND receiverId IN (${wantsChanges})`,
  )
  const remove = database.prepare<[number]>('DELETE FROM AuditEntry WHERE sequence <= ?')
  const putStart = database.prepare<[string, string, number]>(
    `INSERT INTO Setting (name, value, sealed, version, updatedAt) VALUES (?, '{}', ?, 1, ?)
     ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, version = version + 1, updatedAt = excluded.updatedAt`,
  )

  return {
    tables: (rows) => [{ name: 'AuditEntry', rows }],
    rows: () => Promise.resolve(count.get() ?? 0),
    oldestAtMs: () => first.get()?.at ?? null,
    olderThan(beforeMs) {
      const oldest = first.get()
      if (oldest === undefined) return Promise.resolve(0)
      const kept = firstKept.get(beforeMs) ?? trail.highestEver() + 1
      return Promise.resolve(kept - oldest.sequence)
    },
    removeSome(beforeMs, limit) {
      const start = trail.start()
      if (start === null) throw new TrailBroken()
      const unsent = sentUpTo.get() ?? Infinity
      const piece = trail.after(start.sequence, Math.max(limit, smallestPiece))
      const kept = piece.findIndex(
        ({ at, sequence }) =>
          at.getTime() >= beforeMs || (sequence > unsent && at.getTime() >= beforeMs - unsentStaysMs),
      )
      const doomed = kept === -1 ? piece : piece.slice(0, kept)
      const last = doomed.at(-1)
      if (last === undefined) return { rows: 0, more: false }
      const chain = checkChain(start)
      if (!doomed.every((entry) => chain.follows(entry))) throw new TrailBroken()
      const now = clock()
      audit(now, {
        ...{ action: 'removed', subjectKind: 'audit-trail', subjectId: null, subjectName: null },
        before: { entries: doomed.length, first: start.sequence + 1 },
        after: {
          ...{ upTo: last.sequence, upToAt: last.at.toISOString(), hash: last.hash },
          olderThan: new Date(beforeMs).toISOString(),
        },
      })
      giveUp.run({ upTo: last.sequence })
      remove.run(last.sequence)
      putStart.run(trailStartSetting, sealTrailStart(sealer, last), now.getTime())
      return { rows: doomed.length, more: kept === -1 }
    },
  }
}

export class TrailBroken extends Error {
  constructor() {
    super('the audit trail does not hold')
  }
}
