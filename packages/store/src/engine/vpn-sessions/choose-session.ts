/** Which session a record belongs to. Devices use their Acct-Session-Ids again, often after a restart that nobody was told of. */
import type { AccountingRecord } from '../../engine-accounting-types.ts'
import { usernameKey } from '../../username-key.ts'
import { begunAt } from './merge-session.ts'
import type { SessionRow } from './session-row.ts'

/** What comes late or twice comes within this time; what comes later is another session. */
const marginMs = 10 * 60_000

/**
 * @param rows with the record's client, device and Acct-Session-Id, the newest first
 * @returns undefined where the record begins a session
 */
export function chooseSession(rows: readonly SessionRow[], record: AccountingRecord): SessionRow | undefined {
  const [newest, ...older] = rows.filter((row) => mayBeSamePerson(row, record))
  if (newest === undefined || beginsAnew(newest, record)) return undefined
  let chosen = newest
  for (const row of older) {
    if (record.atMs >= chosen.startedAt - marginMs || beginsAnew(row, record)) break
    chosen = row
  }
  return chosen
}

function mayBeSamePerson(row: SessionRow, { username, userId }: AccountingRecord): boolean {
  if (row.username === '' || username === '') return true
  if (row.userId !== null && userId !== null) return row.userId === userId
  return row.usernameKey === usernameKey(username)
}

function beginsAnew(row: SessionRow, record: AccountingRecord): boolean {
  const { status, atMs } = record
  if (row.endedAt !== null) {
    // An update without a session time was sent when it says; a Stop without one may be a repetition.
    const begun = begunAt(record) ?? (status === 'interim' ? atMs : undefined)
    return begun !== undefined && begun > row.endedAt + marginMs
  }
  return status === 'start' && atMs > (row.startSeen === 1 ? row.startedAt : row.lastAt) + marginMs
}
