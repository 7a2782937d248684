/** Appends to the audit trail by prepared statements, inside the transaction of the change that an entry tells of. */
import type { Database } from 'better-sqlite3'
import type { AuditFacts } from '../audit/append.ts'
import { entryHash, genesis } from '../audit/chain.ts'

/** Who does what a synchronization does. */
const administrator = 'Directory synchronization'

export function prepareAudit(database: Database): (at: Date, facts: AuditFacts) => void {
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
