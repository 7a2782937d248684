/** What a run comes to, row by row: written down in short transactions before anything is done. */
import type { Database } from 'better-sqlite3'
import type { SyncAction } from '@sallyport/contract'
import type { SyncCounts, SyncPlanRow } from '../directory-sync-types.ts'
import { usernameKey } from '../username-key.ts'

export interface Plan {
  write(rows: readonly SyncPlanRow[]): void
  counts(): SyncCounts
  /** With the key that its name is compared by. */
  keyed(row: Omit<SyncPlanRow, 'usernameKey'>): SyncPlanRow
}

const counted: Readonly<Record<SyncAction, keyof SyncCounts>> = {
  add: 'added',
  change: 'changed',
  enable: 'enabled',
  disable: 'disabled',
  remove: 'removed',
  adopt: 'adopted',
  refuse: 'refused',
}

export function preparePlan(database: Database, runId: string): Plan {
  const insert = database.prepare<[object]>(
    `INSERT INTO DirectorySyncRow (runId, number, action, outcome, reason, username, usernameKey, dn, directoryId, userId, changes, columns)
     VALUES (@runId, @number, @action, @outcome, @reason, @username, @usernameKey, @dn, @directoryId, @userId, @changes, @columns)`,
  )
  const counts = { added: 0, changed: 0, enabled: 0, disabled: 0, removed: 0, adopted: 0, refused: 0 }
  let number = 0
  const writeAll = database.transaction((rows: readonly SyncPlanRow[]) => {
    for (const { changes, columns, ...row } of rows) {
      counts[counted[row.action]]++
      insert.run({
        ...row,
        runId,
        number: ++number,
        outcome: row.action === 'refuse' ? 'refused' : 'planned',
        changes: JSON.stringify(changes),
        columns: columns === null ? null : JSON.stringify(columns),
      })
    }
  })
  return {
    write: (rows) => {
      if (rows.length > 0) writeAll.immediate(rows)
    },
    counts: () => ({ ...counts }),
    keyed: (row) => ({ ...row, usernameKey: usernameKey(row.username) }),
  }
}
