/** Walks along the audit trail in pieces, for the thread that has time for it. */
import type { Database } from 'better-sqlite3'
import type { SealedEntry } from '../audit/check-chain.ts'
import { checkChain } from '../audit/check-chain.ts'

/** A few milliseconds. */
const entriesAPiece = 500

type Row = Omit<SealedEntry, 'at'> & { readonly at: number }

/** The number of the first entry that was altered, removed or put in; null where the chain holds. */
export function prepareAuditCheck(database: Database): (pause: () => Promise<void>) => Promise<number | null> {
  const after = database.prepare<[number, number], Row>(
    'SELECT * FROM AuditEntry WHERE sequence > ? ORDER BY sequence LIMIT ?',
  )
  const highest = database.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'AuditEntry'").pluck()
  return async (pause) => {
    const chain = checkChain()
    for (;;) {
      // Before the rows: what is added meanwhile is no gap.
      const highestEver = highest.get() ?? 0
      const rows = after.all(chain.last().sequence, entriesAPiece)
      const odd = rows.find(({ at, ...row }) => !chain.follows({ ...row, at: new Date(at) }))
      if (odd !== undefined) return odd.sequence
      const { sequence } = chain.last()
      if (rows.length < entriesAPiece) return highestEver > sequence ? sequence + 1 : null
      await pause()
    }
  }
}
