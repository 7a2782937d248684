/** Does what a run came to, some rows at a time: each transaction holds the database for milliseconds, and says in the audit trail what it did. */
import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { SyncAction, SyncReason, SyncRow } from '@sallyport/contract'
import { prepareAudit } from '../audit/trail-rows.ts'
import type { AuditAction } from '../audit/append.ts'
import type { SyncRoom } from '../directory-sync-types.ts'
import { prepareUserWrites, type Columns } from './user-writes.ts'

/** Names are given up before they are taken. */
const order: readonly SyncAction[] = ['remove', 'disable', 'enable', 'change', 'add', 'adopt']
const mostAtOnce = 200
/** Whoever else wants to write waits no longer than this and a commit. */
const transactionMs = 4
/** More people than this who take over each other’s names are left as they are. */
const longestChain = 100

export interface PlannedRow {
  readonly number: number
  readonly action: SyncAction
  readonly username: string
  readonly usernameKey: string
  readonly directoryId: string
  readonly userId: string | null
  readonly changes: string
  readonly columns: string | null
}

type Outcome = { readonly userId: string } | { readonly skipped: SyncReason }

class Skipped extends Error {
  readonly reason: SyncReason

  constructor(reason: SyncReason) {
    super(reason)
    this.reason = reason
  }
}

const planned = `SELECT number, action, username, usernameKey, directoryId, userId, changes, columns FROM DirectorySyncRow
  WHERE runId = ? AND outcome = 'planned'`

/** @returns what applies the next rows: the ids of the users concerned, null where nothing is left */
export function prepareApply(
  database: Database,
  run: Pick<SyncRoom['run'], 'id' | 'adopt'>,
  clock: () => Date,
): () => readonly string[] | null {
  const users = prepareUserWrites(database)
  const audit = prepareAudit(database, 'Directory synchronization')
  const next = database.prepare<[string, SyncAction, number, number], PlannedRow>(
    `${planned} AND action = ? AND number > ? ORDER BY number LIMIT ?`,
  )
  const ofUser = database.prepare<[string, string], PlannedRow>(`${planned} AND userId = ?`)
  const settle = database.prepare<[string, string | null, string | null, string, number]>(
    'UPDATE DirectorySyncRow SET outcome = ?, reason = coalesce(?, reason), userId = ?, columns = NULL WHERE runId = ? AND number = ?',
  )
  const count = database.prepare<[number, number, string]>(
    'UPDATE DirectorySyncRun SET applied = applied + ?, skipped = skipped + ? WHERE id = ?',
  )
  let at = 0
  let number = 0

  function tell(row: PlannedRow, action: AuditAction, userId: string, now: Date): void {
    const entries = Object.entries(JSON.parse(row.changes) as SyncRow['changes'])
    const side = (which: 0 | 1) =>
      entries.length === 0 ? null : Object.fromEntries(entries.map(([field, values]) => [field, values[which]]))
    const subject = { subjectKind: 'user', subjectId: userId, subjectName: row.username } as const
    audit(now, { action, ...subject, before: side(0), after: action === 'removed' ? null : side(1) })
  }

  /** Those whose names the row takes over, and whose names they take over: all of them in this one transaction. */
  function chainOf(row: PlannedRow): readonly PlannedRow[] | null {
    const chain = [row]
    const known = new Set([row.number])
    for (const { usernameKey } of chain) {
      const holder = users.holderOf(usernameKey)
      const theirs = holder === undefined ? undefined : ofUser.get(run.id, holder)
      if (theirs === undefined || known.has(theirs.number) || theirs.usernameKey === usernameKey) continue
      if (chain.length >= longestChain) return null
      known.add(theirs.number)
      chain.push(theirs)
    }
    return chain
  }

  function applyOne(row: PlannedRow, now: Date): readonly (readonly [PlannedRow, Outcome])[] {
    const { userId, action } = row
    const columns = row.columns === null ? {} : (JSON.parse(row.columns) as Columns)
    if (action === 'add') {
      const id = randomUUID()
      return [[row, users.add(id, columns, now) ? { userId: id } : { skipped: 'name-taken' }]]
    }
    if (userId === null) return [[row, { skipped: 'changed-meanwhile' }]]
    if (action === 'remove') {
      if (!users.remove(userId, row.directoryId)) return [[row, { skipped: 'changed-meanwhile' }]]
      tell(row, 'removed', userId, now)
      return [[row, { userId }]]
    }
    if (action === 'adopt') {
      if (!run.adopt) return [[row, { skipped: 'not-adopted' }]]
      if (!users.adopt(userId, row.usernameKey, columns, now)) return [[row, { skipped: 'changed-meanwhile' }]]
      tell(row, 'changed', userId, now)
      return [[row, { userId }]]
    }
    const chain = chainOf(row)
    if (chain === null) return [[row, { skipped: 'name-taken' }]]
    try {
      return changeAll(chain, now)
    } catch (error) {
      if (!(error instanceof Skipped)) throw error
      const { reason } = error
      return chain.map((each) => [each, { skipped: reason }] as const)
    }
  }

  /** All or none: nobody is left without a name. */
  const changeAll = database.transaction((chain: readonly PlannedRow[], now: Date) => {
    if (chain.length > 1) for (const { userId } of chain) if (userId !== null) users.setAside(userId)
    return chain.map((row) => [row, { userId: changeOne(row, now) }] as const)
  })

  /** @throws Skipped */
  function changeOne(row: PlannedRow, now: Date): string {
    const { userId } = row
    const columns = row.columns === null ? {} : (JSON.parse(row.columns) as Columns)
    if (userId === null) throw new Skipped('changed-meanwhile')
    // Whoever was set aside gets a name again, though theirs may be the one that stays.
    const result = users.change(userId, row.directoryId, { ...columns, usernameKey: row.usernameKey }, now)
    if (result !== 'done') throw new Skipped(result)
    tell(row, 'changed', userId, now)
    return userId
  }

  const applyRows = database.transaction((rows: readonly PlannedRow[]): readonly string[] => {
    const now = clock()
    const deadline = performance.now() + transactionMs
    const concerned: string[] = []
    const settled = new Set<number>()
    let [applied, skipped, added] = [0, 0, 0]
    for (const row of rows) {
      if (performance.now() > deadline) break
      number = row.number
      if (settled.has(row.number)) continue
      for (const [each, outcome] of applyOne(row, now)) {
        settled.add(each.number)
        if ('skipped' in outcome) {
          skipped++
          settle.run('skipped', outcome.skipped, each.userId, run.id, each.number)
        } else {
          applied++
          if (each.action === 'add') added++
          concerned.push(outcome.userId)
          settle.run('applied', null, outcome.userId, run.id, each.number)
        }
      }
    }
    if (added > 0) {
      const subject = { subjectKind: 'user', subjectId: null, subjectName: null } as const
      audit(now, { action: 'imported', ...subject, before: null, after: { users: added, run: run.id } })
    }
    count.run(applied, skipped, run.id)
    return concerned
  })

  return () => {
    for (; at < order.length; at++, number = 0) {
      // Read inside the transaction: an approval that is called off meanwhile finds nothing half done.
      const rows = next.all(run.id, order[at] ?? 'add', number, mostAtOnce)
      if (rows.length > 0) return applyRows.immediate(rows)
    }
    return null
  }
}
