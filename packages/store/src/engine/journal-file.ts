/** The journal's file: one row a group, numbered for good. */
import { existsSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { dataPaths } from '../paths.ts'
import { openForWriting, openReadOnly } from './connection.ts'

/** Longer than any deletion of moved groups takes: an append waits for it. */
const busyTimeoutMs = 5000

/** Opens the journal, and makes it where there is none. */
export function openJournalFile(dataDir: string): Database {
  const paths = dataPaths(dataDir)
  const database = openForWriting(paths.journal, busyTimeoutMs, false)
  database.exec('CREATE TABLE IF NOT EXISTS JournalGroup (n INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)')
  startAfter(database, movedUpTo(paths.database))
  return database
}

/** Numbers that the mover has passed are never given out again, not even by a new journal beside an old database. */
function startAfter(journal: Database, moved: number): void {
  const raised = journal
    .prepare("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'JournalGroup'")
    .run(moved).changes
  if (raised === 0) journal.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('JournalGroup', ?)").run(moved)
}

function movedUpTo(path: string): number {
  if (!existsSync(path)) return 0
  const database = openReadOnly(path)
  try {
    return database.prepare<[], number>('SELECT lastGroup FROM JournalCursor WHERE id = 1').pluck().get() ?? 0
  } finally {
    database.close()
  }
}
