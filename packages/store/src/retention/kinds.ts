/** Every kind of record that grows, and how each is counted and removed. */
import type { RetentionKind } from '@sallyport/contract'
import type { Database } from 'better-sqlite3'
import type { Sealer } from '../sealing/sealer.ts'
import { prepareChanges } from './changes.ts'
import { directorySyncs, imports, prepareFiles } from './files.ts'
import { prepareTables, type KindRoom } from './kind-room.ts'
import { prepareSignIns } from './sign-ins.ts'
import { prepareUsageCounts } from './usage-counts.ts'

/** Who does what is done here, in the audit trail. */
export const administrator = 'Retention'

export function prepareKinds(
  database: Database,
  sealer: Sealer,
  clock: () => Date,
): Readonly<Record<RetentionKind, KindRoom>> {
  return {
    'sign-ins': prepareSignIns(database),
    'usage-counts': prepareUsageCounts(database),
    // By when a record of them last came: one that goes on stays.
    'vpn-sessions': prepareTables(database, [
      { name: 'VpnSession', at: 'heardAt', over: "state IN ('ended', 'lost')" },
    ]),
    changes: prepareChanges(database, sealer, administrator, clock),
    'fraud-reports': prepareTables(database, [{ name: 'FraudReport', at: 'at', over: 'handledAt IS NOT NULL' }]),
    standing: prepareTables(database, [
      { name: 'UserBlock', at: 'endedAt', over: 'endedAt IS NOT NULL' },
      { name: 'UserBlock', at: 'until', over: 'endedAt IS NULL AND until IS NOT NULL' },
      { name: 'OneTimeBypass', at: 'expiresAt', over: 'TRUE' },
    ]),
    imports: prepareFiles(database, imports),
    'directory-syncs': prepareFiles(database, directorySyncs),
  }
}
