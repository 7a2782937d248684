/** The file of a backup: the database with everything moved into it, and a table that says what it is. */
import type { Database } from 'better-sqlite3'
import { checkChain, type SealedEntry } from '../audit/check-chain.ts'
import { StoreError } from '../store-error.ts'

export interface BackupLabel {
  readonly createdAt: Date
  /** The release that made it. */
  readonly version: string
  /** Null: made without the key. */
  readonly sealedKey: string | null
}

/** What is in a backup, in numbers that a person can compare. */
export interface BackupContents {
  readonly users: number
  readonly tokens: number
  readonly clients: number
  readonly administrators: number
  readonly signIns: number
  readonly auditEntries: number
  /** The first entry of the audit trail that was tampered with; null: none. */
  readonly auditBrokenAt: number | null
}

export function writeLabel(database: Database, { createdAt, version, sealedKey }: BackupLabel): void {
  database.exec('CREATE TABLE Backup (createdAt INTEGER NOT NULL, version TEXT NOT NULL, sealedKey TEXT)')
  database.prepare('INSERT INTO Backup VALUES (?, ?, ?)').run(createdAt.getTime(), version, sealedKey)
}

/** Throws `not-a-backup` for any other file. */
export function readLabel(database: Database, path: string): BackupLabel {
  type Row = Omit<BackupLabel, 'createdAt'> & { readonly createdAt: number }
  try {
    const row = database.prepare<[], Row>('SELECT createdAt, version, sealedKey FROM Backup').get()
    if (row !== undefined) return { ...row, createdAt: new Date(row.createdAt) }
  } catch (cause) {
    throw notABackup(path, cause)
  }
  throw notABackup(path)
}

export function removeLabel(database: Database): void {
  database.exec('DROP TABLE Backup')
}

/** Reads every page and every row that is referred to. Throws `not-a-backup` where the file is damaged. */
export function verify(database: Database, path: string): BackupContents {
  let findings: readonly unknown[]
  try {
    findings = [
      ...database
        .prepare<[], string>('PRAGMA integrity_check(1)')
        .pluck()
        .all()
        .filter((text) => text !== 'ok'),
      ...database.prepare('PRAGMA foreign_key_check').all(),
    ]
  } catch (cause) {
    throw notABackup(path, cause)
  }
  if (findings.length > 0) throw notABackup(path)
  const count = (table: string) => database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  return {
    users: count('User'),
    tokens: count('OathToken'),
    clients: count('RadiusClient'),
    administrators: count('Administrator'),
    signIns: count('SignIn'),
    auditEntries: count('AuditEntry'),
    auditBrokenAt: auditBrokenAt(database),
  }
}

function auditBrokenAt(database: Database): number | null {
  type Row = Omit<SealedEntry, 'at'> & { readonly at: number }
  const chain = checkChain()
  for (const row of database.prepare<[], Row>('SELECT * FROM AuditEntry ORDER BY sequence').iterate()) {
    if (!chain.follows({ ...row, at: new Date(row.at) })) return row.sequence
  }
  const ever = database.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'AuditEntry'").pluck().get()
  const { sequence } = chain.last()
  return (ever ?? 0) > sequence ? sequence + 1 : null
}

function notABackup(path: string, cause?: unknown): StoreError {
  return new StoreError('not-a-backup', `${path} is not a backup of Sallyport, or is damaged. Name another one.`, {
    cause,
  })
}
