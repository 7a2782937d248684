/** Connections of the engine's threads: prepared statements, no Prisma. */
import Database from 'better-sqlite3'

/** The main database for reading only; it must be there. */
export function openReadOnly(path: string): Database.Database {
  return new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 })
}

/** @param busyTimeoutMs how long a statement may block the thread while another connection writes */
export function openForWriting(path: string, busyTimeoutMs: number, fileMustExist: boolean): Database.Database {
  const database = new Database(path, { timeout: busyTimeoutMs, fileMustExist })
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  return database
}

export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
