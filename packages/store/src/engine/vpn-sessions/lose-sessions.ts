/** Finds sessions whose Stop never came: silent for three of their intervals, or for as long as the settings say. */
import type { Database } from 'better-sqlite3'
import { radiusSettings, type SettingRow } from '../../settings-values.ts'

const intervalsMissed = 3
const shortestMs = 3 * 60_000
const hourMs = 3_600_000
const atOnce = 500
/** VpnDeviceRestart holds late records against a restart: none comes later than this. */
const restartsKeptMs = 7 * 24 * hourMs

/**
 * @param openedAtMs since when somebody listens: what was sent before counts as missed by us
 * @returns what is to be called about once a minute; it changes at most 500 rows
 */
export function prepareLosing(database: Database, openedAtMs: number): (nowMs: number) => void {
  const settings = database.prepare<[], SettingRow>("SELECT value, sealed, version FROM Setting WHERE name = 'radius'")
  const lose = database.prepare<[object]>(
    `UPDATE VpnSession SET state = 'lost' WHERE sequence IN (
       SELECT sequence FROM VpnSession INDEXED BY VpnSession_state_heardAt_intervalMs_idx
       WHERE state = 'active' AND heardAt <= $nowMs - ${shortestMs} AND (heardAt <= $nowMs - $silenceMs OR
         max(heardAt, $openedAtMs) + max(intervalMs * ${intervalsMissed}, ${shortestMs}) <= $nowMs)
       ORDER BY heardAt LIMIT ${atOnce})`,
  )
  const forgetRestarts = database.prepare<[number]>(
    `DELETE FROM VpnDeviceRestart WHERE rowid IN (SELECT rowid FROM VpnDeviceRestart WHERE at <= ? LIMIT ${atOnce})`,
  )
  return (nowMs) => {
    const silenceMs = radiusSettings(settings.get()).accountingSilenceHours * hourMs
    lose.run({ nowMs, silenceMs, openedAtMs })
    forgetRestarts.run(nowMs - restartsKeptMs)
  }
}
