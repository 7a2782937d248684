/** A database with a clock of its own, in which old rows lie. */
import Database from 'better-sqlite3'
import { retentionDefaults, type RetentionDays } from '@sallyport/contract'
import { onTestFinished } from 'vitest'
import { openRetentionRoom } from '../src/retention/open-retention-room.ts'
import { dataPaths } from '../src/paths.ts'
import { actor, dataFolder, made, testStore } from './data-folder.ts'

export const dayMs = 24 * 3_600_000
export const now = Date.parse('2026-11-23T10:00:00.000Z')
export const daysAgo = (days: number) => now - days * dayMs
export const atOnce = () => Promise.resolve()

/** What ages there, and what is left. */
export async function estate() {
  const dataDir = dataFolder()
  const time = { nowMs: now }
  const clock = () => new Date(time.nowMs)
  const store = await testStore(dataDir, clock)
  const file = new Database(dataPaths(dataDir).database)
  onTestFinished(() => void file.close())
  const room = () => {
    const opened = openRetentionRoom({ dataDir, clock })
    onTestFinished(() => opened.close())
    return opened
  }
  const keep = async (days: Partial<RetentionDays>) => {
    const { version } = await store.retention.settings()
    made(await store.retention.change({ days: { ...retentionDefaults, ...days }, version }, [], actor))
  }
  const signIn = (id: string, atMs: number) => {
    file
      .prepare(
        `INSERT INTO SignIn (id, at, username, usernameKey, clientAddress, method, result, reason, durationMs)
         VALUES (?, ?, 'alice', 'alice', '192.0.2.1', 'pap', 'accepted', 'password-and-code', 1)`,
      )
      .run(id, atMs)
    for (const number of [1, 2]) file.prepare('INSERT INTO SignInRound VALUES (?, ?, ?)').run(id, number, '{}')
  }
  const ids = (table: string, column = 'id') =>
    file.prepare<[], string>(`SELECT ${column} FROM ${table} ORDER BY 1`).pluck().all()
  const count = (table: string) => file.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()
  return { store, file, room, keep, signIn, ids, count, time }
}
