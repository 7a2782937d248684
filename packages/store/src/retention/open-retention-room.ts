/** Opens what the thread works with that counts what is kept and removes what is older than it is kept for. */
import { retentionDefaults, retentionKind, retentionSettings, type RetentionDays } from '@sallyport/contract'
import { openForWriting } from '../engine/connection.ts'
import { dataPaths } from '../paths.ts'
import type { RetentionRoom } from '../retention-types.ts'
import { readKey } from '../sealing/key-file.ts'
import { createSealer } from '../sealing/sealer.ts'
import { StoreError } from '../store-error.ts'
import { prepareKinds } from './kinds.ts'
import { prepareOctets } from './octets.ts'
import { cutOff, prepareRun } from './run.ts'

/** While others write this thread waits; nobody waits for it longer than its own transactions take. */
const busyTimeoutMs = 30_000
/** Sign-ins have random ids: their indexes are read from all over. */
const cacheKib = 32 * 1024

export interface OpenRetentionRoomOptions {
  readonly dataDir: string
  readonly clock?: () => Date
}

/** The database and its key must be there: the main thread opens the store first. */
export function openRetentionRoom({ dataDir, clock = () => new Date() }: OpenRetentionRoomOptions): RetentionRoom {
  const paths = dataPaths(dataDir)
  const key = readKey(paths.key)
  if (key === undefined) throw new StoreError('key-missing', `The key file ${paths.key} is gone. Put it back.`)
  const database = openForWriting(paths.database, busyTimeoutMs, true)
  database.pragma('foreign_keys = ON')
  database.pragma(`cache_size = -${cacheKib}`)
  const kinds = prepareKinds(database, createSealer(key), clock)
  const octetsOf = prepareOctets(database)
  const run = prepareRun(database, kinds, clock)
  const saved = database.prepare<[], string>("SELECT value FROM Setting WHERE name = 'retention'").pluck()
  const days = (): RetentionDays => {
    const value = saved.get()
    if (value === undefined) return retentionDefaults
    return retentionSettings.shape.days.parse({ ...retentionDefaults, ...(JSON.parse(value) as SavedDays).days })
  }

  const rowsOf = (table: string) => database.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0

  return {
    async stock(pause) {
      const rows = []
      for (const kind of retentionKind.options) {
        const room = kinds[kind]
        const count = await room.rows(pause)
        const tables = new Map(room.tables(count).map((table) => [table.name, table.rows]))
        let octets = 0
        for (const [name, known] of tables) {
          octets += octetsOf(name, known ?? rowsOf(name))
          await pause()
        }
        rows.push({ kind, rows: count, oldestAtMs: room.oldestAtMs(), octets })
      }
      return rows
    },
    async preview(kept, pause) {
      const now = clock()
      const removals = []
      for (const kind of retentionKind.options) {
        const forDays = kept[kind]
        if (forDays === null) continue
        const [room, beforeMs] = [kinds[kind], cutOff(now, forDays)]
        const rows = await room.olderThan(beforeMs, pause)
        if (rows > 0) removals.push({ kind, rows, oldestAtMs: room.oldestAtMs() ?? beforeMs, beforeMs })
      }
      return removals
    },
    run: (pause) => run(days(), pause),
    file() {
      const pragma = (name: string) => Number(database.pragma(name, { simple: true }))
      const pageOctets = pragma('page_size')
      return { octets: pragma('page_count') * pageOctets, freeOctets: pragma('freelist_count') * pageOctets }
    },
    close: () => database.close(),
  }
}

interface SavedDays {
  readonly days: Partial<RetentionDays>
}
