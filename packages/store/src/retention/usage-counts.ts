/** The counts that reports over a long time read: by minute, by quarter of an hour, by day, and by user and day. */
import type { Database } from 'better-sqlite3'
import { prepareTables, type KindRoom } from './kind-room.ts'

/** The rows of so many users are looked at in a transaction at most. */
const usersAtOnce = 500
/** Ids are UUIDs: a sixteenth of the users each time. */
const sixteenths = '0123456789abcdef'.split('')

export function prepareUsageCounts(database: Database): KindRoom {
  const plain = prepareTables(
    database,
    [
      ['SignInMinute', 'minute'],
      ['SignInQuarter', 'quarter'],
      ['UsageQuarter', 'quarter'],
      ['UsageDay', 'day'],
    ].map(([name = '', at = '']) => ({ name, at, over: 'TRUE' })),
  )
  // It begins with the user, for that is how it is read: no index by day is kept for this alone.
  const nextUser = database
    .prepare<[string], string | null>('SELECT min(userId) FROM UsageUserDay WHERE userId > ?')
    .pluck()
  const remove = database.prepare<[string, number, number]>(
    'DELETE FROM UsageUserDay WHERE userId = ? AND day < ? LIMIT ?',
  )
  const ofUsers = database.prepare<[string, string, number], number>(
    'SELECT count(*) FROM UsageUserDay WHERE userId >= ? AND userId < ? AND day < ?',
  )
  const count = ofUsers.pluck()
  let lastUser = ''

  const countUserDays = async (beforeMs: number, pause: () => Promise<void>) => {
    let total = 0
    for (const [index, from] of ['', ...sixteenths].entries()) {
      total += count.get(from, sixteenths[index] ?? '\u{10ffff}', beforeMs) ?? 0
      await pause()
    }
    return total
  }
  return {
    tables: () => [...plain.tables(0), { name: 'UsageUserDay', rows: null }],
    rows: async (pause) => (await plain.rows(pause)) + (await countUserDays(Number.MAX_SAFE_INTEGER, pause)),
    oldestAtMs: () => plain.oldestAtMs(),
    olderThan: async (beforeMs, pause) =>
      (await plain.olderThan(beforeMs, pause)) + (await countUserDays(beforeMs, pause)),
    removeSome(beforeMs, limit) {
      const first = plain.removeSome(beforeMs, limit)
      let { rows } = first
      if (first.more) return first
      for (let looked = 0; looked < usersAtOnce && rows < limit; looked++) {
        const userId = nextUser.get(lastUser) ?? null
        if (userId === null) return { rows, more: false }
        const removed = remove.run(userId, beforeMs, limit - rows).changes
        rows += removed
        if (rows < limit) lastUser = userId
      }
      return { rows, more: true }
    },
  }
}
