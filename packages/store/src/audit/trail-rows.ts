/** Reads the audit trail, and appends to it, by prepared statements: for the threads that have no Prisma. */
import type { Database } from 'better-sqlite3'
import type { Sealer } from '../sealing/sealer.ts'
import type { AuditFacts } from './append.ts'
import { entryHash, genesis } from './chain.ts'
import type { SealedEntry } from './check-chain.ts'
import { openTrailStart, trailStartSetting, type TrailStart } from './trail-start.ts'

type Row = Omit<SealedEntry, 'at'> & { readonly at: number }

export interface TrailRows {
  start(): TrailStart | null
  highestEver(): number
  after(sequence: number, limit: number): readonly SealedEntry[]
}

export function prepareTrail(database: Database, sealer: Sealer): TrailRows {
  const after = database.prepare<[number, number], Row>(
    'SELECT * FROM AuditEntry WHERE sequence > ? ORDER BY sequence LIMIT ?',
  )
  const highest = database.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'AuditEntry'").pluck()
  const start = database.prepare<[string], string | null>('SELECT sealed FROM Setting WHERE name = ?').pluck()
  return {
    start: () => openTrailStart(sealer, start.get(trailStartSetting)),
    highestEver: () => highest.get() ?? 0,
    after: (sequence, limit) => after.all(sequence, limit).map(({ at, ...row }) => ({ ...row, at: new Date(at) })),
  }
}

/**
 * Inside the transaction of the change that an entry tells of.
 * @param administrator who does what the entries tell of
 */
export function prepareAudit(database: Database, administrator: string): (at: Date, facts: AuditFacts) => void {
  const newest = database.prepare<[], { sequence: number; hash: string }>(
    'SELECT sequence, hash FROM AuditEntry ORDER BY sequence DESC LIMIT 1',
  )
  // SQLite remembers the highest that was ever there: entries cut off at the end leave a gap.
  const highest = database.prepare<[], { seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'AuditEntry'")
  const insert = database.prepare<[object]>(
    `INSERT INTO AuditEntry (sequence, at, administrator, action, subjectKind, subjectId, subjectName, before, after, address, previousHash, hash)
     VALUES (@sequence, @at, @administrator, @action, @subjectKind, @subjectId, @subjectName, @before, @after, @address, @previousHash, @hash)`,
  )
  return (at, facts) => {
    const last = newest.get()
    const entry = {
      ...facts,
      sequence: Math.max(last?.sequence ?? 0, highest.get()?.seq ?? 0) + 1,
      at,
      administrator,
      before: facts.before === null ? null : JSON.stringify(facts.before),
      after: facts.after === null ? null : JSON.stringify(facts.after),
      address: null,
      previousHash: last?.hash ?? genesis,
    }
    insert.run({ ...entry, at: at.getTime(), hash: entryHash(entry) })
  }
}
