/** What happens to the data folder before anything else opens it: folder, key and migrations are there afterwards. */
import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { applyMigrations } from '../migrations/apply-migrations.ts'
import { missingMigrations } from '../migrations/history.ts'
import { readMigrations } from '../migrations/migration-files.ts'
import { dataPaths, type DataPaths } from '../paths.ts'
import { createKey, readKey } from '../sealing/key-file.ts'
import { places } from '../sealing/places.ts'
import { createSealer, type Sealer } from '../sealing/sealer.ts'
import { errorCode, StoreError } from '../store-error.ts'

/** The row that proves the key: its sealed value opens with the right one only. */
const proofName = 'sealing'

/**
 * Makes what is missing and checks what is there; nothing is half done when it throws.
 * @returns the sealer for this database
 */
export async function prepareDatabase(dataDir: string, migrationsDir: string, now: Date): Promise<Sealer> {
  const paths = dataPaths(dataDir)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    refuseReadOnly(dataDir, paths)
    const ours = readMigrations(migrationsDir)
    const before = inspect(paths.database, (database) => ({
      missing: missingMigrations(database, paths.database, ours),
      proof: readProof(database),
    }))
    // The key is checked before the database is touched, and made before anything could be sealed.
    const sealer = before.proof === undefined ? firstSealer(paths) : provenSealer(paths, before.proof)
    if (before.missing > 0) {
      await applyMigrations(paths.database, ours).catch((error: unknown) => {
        throw migrationFailure(paths.database, error)
      })
    }
    if (before.proof === undefined) inspect(paths.database, (database) => writeProof(database, sealer, now))
    return sealer
  } catch (error) {
    throw explain(error, dataDir, paths)
  }
}

function inspect<T>(path: string, look: (database: Database.Database) => T): T {
  const database = new Database(path, { timeout: 10_000 })
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    return look(database)
  } finally {
    database.close()
  }
}

function readProof(database: Database.Database): string | undefined {
  const hasSettings = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'Setting'").get()
  if (hasSettings === undefined) return undefined
  return database.prepare<[string], string>('SELECT sealed FROM Setting WHERE name = ?').pluck().get(proofName)
}

function writeProof(database: Database.Database, sealer: Sealer, now: Date): void {
  database
    .prepare("INSERT INTO Setting (name, value, sealed, version, updatedAt) VALUES (?, '{}', ?, 1, ?)")
    .run(proofName, sealer.seal(proofName, places.setting(proofName)), now.getTime())
}

function firstSealer(paths: DataPaths): Sealer {
  return createSealer(readKey(paths.key) ?? createKey(paths.key))
}

function provenSealer(paths: DataPaths, proof: string): Sealer {
  const key = readKey(paths.key)
  if (key === undefined) {
    throw new StoreError(
      'key-missing',
      `${paths.database} holds sealed secrets, but its key file ${paths.key} is gone. Put it back from a backup.`,
    )
  }
  const message = `The key in ${paths.key} is not the one that ${paths.database} was sealed with. Put back the one that belongs to it.`
  return sealerOf(key, proof, message)
}

/** Throws `key-wrong` where the key is not the one that this database was sealed with; nothing is sealed in a new one. */
export function proveKey(database: Database.Database, key: Buffer, path: string): void {
  const proof = readProof(database)
  if (proof !== undefined) sealerOf(key, proof, `The key is not the one that ${path} was sealed with.`)
}

function sealerOf(key: Buffer, proof: string, message: string): Sealer {
  const sealer = createSealer(key)
  try {
    sealer.open(proof, places.setting(proofName))
  } catch (cause) {
    throw new StoreError('key-wrong', message, { cause })
  }
  return sealer
}

/** Also when the account could write all the same (root): somebody meant it to stay as it is. */
function refuseReadOnly(dataDir: string, paths: DataPaths): void {
  accessSync(dataDir, constants.W_OK)
  for (const path of [paths.database, paths.journal]) {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode
    if (mode === undefined) continue
    accessSync(path, constants.W_OK)
    if ((mode & 0o222) === 0) throw readOnly(path)
  }
}

function readOnly(path: string, cause?: unknown): StoreError {
  const message = `${path} cannot be written. Give the server's account write access to it and to its folder.`
  return new StoreError('read-only', message, { cause })
}

function migrationFailure(path: string, cause: unknown): unknown {
  const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
  const code = explainable(errorCode(cause))
  if (code !== undefined) return cause
  return new StoreError(
    'migration-failed',
    `${path} could not be brought up to this release (${reason}); it is as it was before. Keep a copy of it and report this.`,
    { cause },
  )
}

function explainable(code: string): 'read-only' | 'not-a-database' | undefined {
  if (/^(SQLITE_(READONLY|CANTOPEN|PERM)|E(ACCES|PERM|ROFS)$)/.test(code)) return 'read-only'
  return /^SQLITE_(NOTADB|CORRUPT)/.test(code) ? 'not-a-database' : undefined
}

function explain(error: unknown, dataDir: string, paths: DataPaths): unknown {
  if (error instanceof StoreError) return error
  switch (explainable(errorCode(error))) {
    case 'read-only': {
      const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : dataDir
      return readOnly(path, error)
    }
    case 'not-a-database':
      return new StoreError(
        'not-a-database',
        `${paths.database} is not a database, or is damaged. Restore it from a backup, or move it away to begin anew.`,
        { cause: error },
      )
    case undefined:
      return error
  }
}
