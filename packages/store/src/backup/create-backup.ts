/** Makes a backup while the server runs: a file that is whole, or none. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { openReadOnly } from '../engine/connection.ts'
import { openMover } from '../engine/mover.ts'
import { dataPaths } from '../paths.ts'
import { readKey } from '../sealing/key-file.ts'
import { StoreError } from '../store-error.ts'
import { verify, writeLabel, type BackupContents } from './backup-file.ts'
import { sealKey, shortestPassphrase } from './sealed-key.ts'

export interface CreateBackupOptions {
  readonly dataDir: string
  /** Where it goes; a file that is there stays. */
  readonly path: string
  /** Seals the key into the backup; null leaves the key out, and it has to be kept elsewhere. */
  readonly passphrase: string | null
  readonly version: string
  readonly clock?: () => Date
}

export interface Backup {
  readonly createdAt: Date
  readonly bytes: number
  readonly contents: BackupContents
}

/**
 * Copies the journal, then the database, each as it is at one moment, and moves what the copied database lacks into it: what was
 * acknowledged before is in there, whatever the running server moves meanwhile. The result is read through before it gets its name.
 *
 * Throws StoreError `backup-exists`, `short-passphrase`, `key-missing`, `not-a-database` or `not-a-backup` (what was written is damaged).
 */
export function createBackup(options: CreateBackupOptions): Backup {
  const { dataDir, path, passphrase, version, clock = () => new Date() } = options
  const from = dataPaths(dataDir)
  if (existsSync(path)) throw new StoreError('backup-exists', `${path} is there already. Name another file.`)
  if (passphrase !== null && passphrase.length < shortestPassphrase) {
    throw new StoreError('short-passphrase', `The passphrase needs at least ${shortestPassphrase} characters.`)
  }
  const key = readKey(from.key)
  if (!existsSync(from.database)) {
    throw new StoreError('not-a-database', `${dataDir} holds no database. Name the data folder of the server.`)
  }
  if (key === undefined) {
    throw new StoreError('key-missing', `The key file ${from.key} is gone: put it back before making a backup.`)
  }
  const createdAt = clock()
  const workDir = mkdtempSync(`${path}.making-`)
  try {
    const to = dataPaths(workDir)
    // In this order: what the running server moves in between is in the database, and skipped in the journal by its number.
    if (existsSync(from.journal)) copyAsOfNow(from.journal, to.journal)
    copyAsOfNow(from.database, to.database)
    moveEverything(workDir)
    const sealedKey = passphrase === null ? null : sealKey(key, passphrase)
    const contents = finish(to.database, { createdAt, version, sealedKey })
    chmodSync(to.database, 0o600)
    onDisk(to.database)
    renameSync(to.database, path)
    onDisk(dirname(path))
    return { createdAt, bytes: statSync(path).size, contents }
  } finally {
    rmSync(workDir, { recursive: true, force: true })
  }
}

/** One read transaction: writers go on, and the copy holds none of what they write meanwhile. */
function copyAsOfNow(from: string, to: string): void {
  const database = openReadOnly(from)
  try {
    database.prepare('VACUUM INTO ?').run(to)
  } finally {
    database.close()
  }
}

function moveEverything(dataDir: string): void {
  const mover = openMover({ dataDir })
  try {
    while (mover.move(1000) > 0);
  } finally {
    mover.close()
  }
}

function finish(path: string, label: Parameters<typeof writeLabel>[1]): BackupContents {
  const database = new Database(path, { fileMustExist: true })
  try {
    writeLabel(database, label)
    database.pragma('journal_mode = DELETE')
    return verify(database, path)
  } finally {
    database.close()
  }
}

function onDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
