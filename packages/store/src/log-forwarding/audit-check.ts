/** Walks along the audit trail in pieces, for the thread that has time for it. */
import type { Database } from 'better-sqlite3'
import { prepareTrail } from '../audit/trail-rows.ts'
import { firstOddEntry } from '../audit/check-chain.ts'
import type { Sealer } from '../sealing/sealer.ts'

/** The number of the first entry that was altered, removed or put in; null where the chain holds. */
export function prepareAuditCheck(
  database: Database,
  sealer: Sealer,
): (pause: () => Promise<void>) => Promise<number | null> {
  const trail = prepareTrail(database, sealer)
  return (pause) => firstOddEntry(trail, pause)
}
