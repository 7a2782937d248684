/** Reads how users are asked for a second factor, for a range of users at once: devices, PINs, blocks and bypasses. */
import type { Database } from 'better-sqlite3'
import type { EngineBlock, EngineBypass, EngineDevice, EnginePin } from '../engine-user-types.ts'

/** What other tables say of a user. */
export interface UserFactorRows {
  readonly pin: EnginePin | null
  readonly devices: readonly EngineDevice[]
  readonly block: EngineBlock | null
  readonly bypasses: readonly EngineBypass[]
}

type Owned<T> = T & { readonly userId: string }
type PinRow = Owned<Omit<EnginePin, 'mustChange'>> & { readonly mustChange: 0 | 1 }

/** Nothing in any of the tables: what most users are. */
const none: UserFactorRows = { pin: null, devices: [], block: null, bypasses: [] }

/** The answer finds one user of those whose ids lie between the two. */
export function prepareUserFactors(
  database: Database,
): (first: string, last: string) => (id: string) => UserFactorRows {
  const pins = database.prepare<[string, string], PinRow>(
    'SELECT userId, hash, mustChange, changedAt AS changedAtMs FROM UserPin WHERE userId BETWEEN ? AND ?',
  )
  const devices = database.prepare<[string, string], Owned<EngineDevice>>(
    'SELECT userId, id, name FROM AppDevice WHERE userId BETWEEN ? AND ? ORDER BY userId, createdAt, id',
  )
  const blocks = database.prepare<[string, string], Owned<EngineBlock>>(
    // The first of each user is in force longest: for good, or until the latest time.
    `SELECT userId, id, reason, until AS untilMs FROM UserBlock WHERE userId BETWEEN ? AND ? AND endedAt IS NULL
     ORDER BY userId, until IS NOT NULL, until DESC`,
  )
  const bypasses = database.prepare<[string, string], Owned<EngineBypass>>(
    `SELECT userId, id, expiresAt AS expiresAtMs FROM OneTimeBypass
     WHERE userId BETWEEN ? AND ? AND usedAt IS NULL AND endedAt IS NULL ORDER BY userId, expiresAt`,
  )
  return (first, last) => {
    const found = new Map<string, UserFactorRows>()
    const add = (userId: string, more: (rows: UserFactorRows) => Partial<UserFactorRows>) => {
      const rows = found.get(userId) ?? none
      found.set(userId, { ...rows, ...more(rows) })
    }
    for (const { userId, mustChange, ...pin } of pins.all(first, last)) {
      add(userId, () => ({ pin: { ...pin, mustChange: mustChange === 1 } }))
    }
    for (const { userId, ...device } of devices.all(first, last)) {
      add(userId, (rows) => ({ devices: [...rows.devices, device] }))
    }
    for (const { userId, ...block } of blocks.all(first, last)) add(userId, (rows) => ({ block: rows.block ?? block }))
    for (const { userId, ...bypass } of bypasses.all(first, last)) {
      add(userId, (rows) => ({ bypasses: [...rows.bypasses, bypass] }))
    }
    return (id) => found.get(id) ?? none
  }
}
