/** Looks at a data folder without changing anything in it, whether a server works there or not, and says what is wrong. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Database } from 'better-sqlite3'
import { proveKey } from '../database/prepare-database.ts'
import { openReadOnly } from '../engine/connection.ts'
import { missingMigrations } from '../migrations/history.ts'
import { readMigrations } from '../migrations/migration-files.ts'
import { dataPaths } from '../paths.ts'
import { readKey } from '../sealing/key-file.ts'
import { StoreError } from '../store-error.ts'

export interface DataFinding {
  readonly subject: 'folder' | 'key' | 'database' | 'journal' | 'migrations'
  readonly state: 'good' | 'warning' | 'bad'
  readonly message: string
  /** What to do about it; null where nothing is to be done. */
  readonly fix: string | null
}

export interface DataExamination {
  /** `usable`: {@link openStore} would open it and change nothing. */
  readonly state: 'absent' | 'usable' | 'unusable'
  readonly findings: readonly DataFinding[]
  /** The newest time that anything in the database bears; null: none. */
  readonly newestAt: Date | null
}

export interface ExamineDataOptions {
  readonly dataDir: string
  readonly migrationsDir?: string | undefined
  /** Databases above so many octets are not read through. */
  readonly readThroughBelow: number
}

/** Reads the files and never writes; the running server goes on meanwhile. */
export function examineData({
  dataDir,
  migrationsDir = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url)),
  readThroughBelow,
}: ExamineDataOptions): DataExamination {
  const paths = dataPaths(dataDir)
  const findings: DataFinding[] = []
  const note = (
    subject: DataFinding['subject'],
    state: DataFinding['state'],
    message: string,
    fix: string | null = null,
  ) => findings.push({ subject, state, message, fix })
  const ended = (state: DataExamination['state'], newestAt: Date | null = null) => ({ state, findings, newestAt })

  if (!existsSync(dataDir)) {
    note('folder', 'warning', `${dataDir} is not there yet.`, 'It is made at the first start; nothing needs doing.')
    return ended('absent')
  }
  examineFolder(dataDir, note)
  const key = examineKey(paths.key, existsSync(paths.database), note)
  if (!existsSync(paths.database)) {
    note('database', 'warning', `${dataDir} holds no database yet.`, 'It is made at the first start.')
    return ended('absent')
  }
  let newestAt: Date | null = null
  let usable = key !== undefined
  try {
    const database = openReadOnly(paths.database)
    try {
      const missing = missingMigrations(database, paths.database, readMigrations(migrationsDir))
      if (missing > 0) {
        usable = false
        note(
          'migrations',
          'warning',
          `${missing} changes of this release are not in the database yet.`,
          'They are made at the next start. Make a backup first: sallyport backup.',
        )
      } else note('migrations', 'good', 'The database is of this release.')
      if (key !== undefined) proveKey(database, key, paths.database)
      readThrough(database, 'database', paths.database, readThroughBelow, note)
      newestAt = newestTime(database)
    } finally {
      database.close()
    }
  } catch (error) {
    usable = false
    note('database', 'bad', wordsOf(error, paths.database), fixOf(error))
  }
  examineJournal(paths.journal, readThroughBelow, note)
  return ended(usable && findings.every(({ state }) => state !== 'bad') ? 'usable' : 'unusable', newestAt)
}

type Note = (
  subject: DataFinding['subject'],
  state: DataFinding['state'],
  message: string,
  fix?: string | null,
) => unknown

function examineFolder(dataDir: string, note: Note): void {
  const { mode, uid } = statSync(dataDir)
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    note(
      'folder',
      'bad',
      `${dataDir} cannot be written by this account.`,
      `Run this as the server’s account, or give it the folder: chown -R <account> ${dataDir}`,
    )
    return
  }
  if ((mode & 0o077) !== 0) {
    note(
      'folder',
      'warning',
      `Other accounts of this machine can look into ${dataDir} (mode ${octal(mode)}, owner ${uid}).`,
      `chmod 700 ${dataDir}`,
    )
  } else note('folder', 'good', `${dataDir} is its owner’s alone.`)
}

function examineKey(path: string, needed: boolean, note: Note): Buffer | undefined {
  try {
    const key = readKey(path)
    if (key === undefined) {
      if (needed)
        note('key', 'bad', `The key file ${path} is gone: no secret can be opened.`, 'Put it back from a backup.')
      return undefined
    }
    const { mode } = statSync(path)
    if ((mode & 0o077) !== 0) {
      note(
        'key',
        'bad',
        `Other accounts can read ${path} (mode ${octal(mode)}): it opens every secret.`,
        `chmod 600 ${path}; if somebody may have read it, change the secrets too.`,
      )
    } else note('key', 'good', `${path} is its owner’s alone.`)
    return key
  } catch (error) {
    note('key', 'bad', wordsOf(error, path), fixOf(error))
    return undefined
  }
}

function examineJournal(path: string, below: number, note: Note): void {
  if (!existsSync(path)) return
  try {
    const journal = openReadOnly(path)
    try {
      readThrough(journal, 'journal', path, below, note)
    } finally {
      journal.close()
    }
  } catch (error) {
    note('journal', 'bad', wordsOf(error, path), fixOf(error))
  }
}

function readThrough(
  database: Database,
  subject: 'database' | 'journal',
  path: string,
  below: number,
  note: Note,
): void {
  const { size } = statSync(path)
  const mebibytes = `${(size / 2 ** 20).toFixed(1)} MiB`
  if (size >= below) {
    note(subject, 'good', `${path} opens (${mebibytes}); it was not read through: --thorough does.`)
    return
  }
  const wrong = database
    .prepare<[], string>('PRAGMA quick_check(3)')
    .pluck()
    .all()
    .filter((line) => line !== 'ok')
  if (wrong.length === 0) note(subject, 'good', `${path} was read through and is whole (${mebibytes}).`)
  else note(subject, 'bad', `${path} is damaged: ${wrong.join('; ')}.`, 'Restore a backup: sallyport restore.')
}

function newestTime(database: Database): Date | null {
  const times = ['SELECT max(at) FROM AuditEntry', 'SELECT max(at) FROM SignIn'].map((sql) =>
    database.prepare<[], number | null>(sql).pluck().get(),
  )
  const newest = Math.max(...times.map((time) => time ?? 0))
  return newest === 0 ? null : new Date(newest)
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(3, '0')
}

function wordsOf(error: unknown, path: string): string {
  if (error instanceof StoreError) return error.message
  return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`
}

/** A StoreError says itself what to do. */
function fixOf(error: unknown): string | null {
  return error instanceof StoreError
    ? null
    : 'Run this as the server’s account; if that does not help, restore a backup: sallyport restore.'
}
