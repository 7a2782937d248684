/** What accounting does to the sessions. Runs inside the mover's transaction. */
import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { AccountingDevice, AccountingRecord, DeviceRestart } from '../../engine-accounting-types.ts'
import { chooseSession } from './choose-session.ts'
import { firstRow, mergeRecord, mergeRestart } from './merge-session.ts'
import { changingColumns, livelyColumns, onlyLivelyDiffer, type SessionRow } from './session-row.ts'

export type ApplyAccounting = (restarts: readonly DeviceRestart[], records: readonly AccountingRecord[]) => void

/** A session that a device used the same id for before; more of them are not looked at. */
const generationsLookedAt = 4

/**
 * Whether a row is of this device: nothing that both say of themselves differs, and where they say nothing in common, the
 * address that they send from is the same. An empty text is nothing, like null.
 */
const sameDevice = `clientId = $clientId
  AND (coalesce(nasIdentifier, '') IN ('', $nasIdentifier) OR $nasIdentifier = '')
  AND (coalesce(nasAddress, '') IN ('', $nasAddress) OR $nasAddress = '')
  AND ((nasIdentifier <> '' AND $nasIdentifier <> '') OR (nasAddress <> '' AND $nasAddress <> '')
    OR deviceAddress = $deviceAddress)`

export function prepareAccounting(database: Database): ApplyAccounting {
  const find = database.prepare<[string, number], SessionRow>(
    'SELECT * FROM VpnSession WHERE sessionKey = ? ORDER BY generation DESC LIMIT ?',
  )
  const insertColumns = ['id', 'sessionKey', 'generation', ...changingColumns]
  const insert = database.prepare<[SessionRow]>(
    `INSERT INTO VpnSession (${insertColumns.join(', ')}) VALUES (${insertColumns.map((name) => `$${name}`).join(', ')})`,
  )
  const [keepAlive, change] = [livelyColumns, changingColumns].map((columns) =>
    database.prepare<[SessionRow]>(
      `UPDATE VpnSession SET ${columns.map((name) => `${name} = $${name}`).join(', ')}
       WHERE sessionKey = $sessionKey AND generation = $generation`,
    ),
  )
  const lose = database.prepare<[object]>(
    "UPDATE VpnSession SET state = 'lost' WHERE sessionKey = $sessionKey AND generation = $generation AND state = 'active'",
  )
  const noteRestart = database.prepare<[object]>(
    `INSERT INTO VpnDeviceRestart (clientId, at, nasIdentifier, nasAddress, deviceAddress)
     VALUES ($clientId, $atMs, $nasIdentifier, $nasAddress, $deviceAddress) ON CONFLICT DO NOTHING`,
  )
  const openOfDevice = database.prepare<[object], SessionRow>(
    `SELECT * FROM VpnSession WHERE state IN ('active', 'lost') AND lastAt <= $atMs AND ${sameDevice}`,
  )
  const restartAfter = database
    .prepare<[object], number | null>(`SELECT min(at) FROM VpnDeviceRestart WHERE at >= $atMs AND ${sameDevice}`)
    .pluck()

  const write = (before: SessionRow, after: SessionRow) =>
    (onlyLivelyDiffer(before, after) ? keepAlive : change)?.run(after)

  const applyRestart = (restart: DeviceRestart) => {
    const device = { ...parameters(restart), atMs: restart.atMs }
    noteRestart.run(device)
    for (const row of openOfDevice.all(device)) write(row, mergeRestart(row, restart.atMs))
  }

  /** Late records: the device may have restarted since. */
  const heldAgainstRestarts = (row: SessionRow) =>
    mergeRestart(row, restartAfter.get({ ...parameters(row), atMs: row.lastAt }) ?? null)

  const applyRecord = (record: AccountingRecord) => {
    const sessionKey = keyOf(record)
    const rows = find.all(sessionKey, generationsLookedAt)
    const session = chooseSession(rows, record)
    if (session) {
      write(session, heldAgainstRestarts(mergeRecord(session, record)))
      return
    }
    const [newest] = rows
    // The device has given this id away: what it named before cannot go on.
    if (newest && record.status === 'start') lose.run({ sessionKey, generation: newest.generation })
    insert.run(heldAgainstRestarts(firstRow(record, sessionKey, (newest?.generation ?? 0) + 1)))
  }

  return (restarts, records) => {
    for (const restart of restarts) applyRestart(restart)
    for (const record of records) applyRecord(record)
  }
}

function parameters({ clientId, nasIdentifier, nasAddress, deviceAddress }: AccountingDevice) {
  return { clientId, nasIdentifier: nasIdentifier ?? '', nasAddress: nasAddress ?? '', deviceAddress }
}

/** One column, as short as it can be: it is in an index of ten million rows. */
function keyOf({ clientId, nasIdentifier, nasAddress, deviceAddress, sessionId }: AccountingRecord): string {
  const saysWho = nasIdentifier !== null || nasAddress !== null
  const device = saysWho ? [nasIdentifier, nasAddress] : [deviceAddress]
  return createHash('sha256')
    .update(JSON.stringify([clientId, ...device, sessionId]))
    .digest('base64url')
    .slice(0, 22)
}
