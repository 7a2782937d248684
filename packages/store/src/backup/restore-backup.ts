/** Makes a data folder of a backup: a whole one, or none. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { proveKey } from '../database/prepare-database.ts'
import { dataPaths } from '../paths.ts'
import { readKey, writeKey } from '../sealing/key-file.ts'
import { StoreError } from '../store-error.ts'
import { readLabel, removeLabel, verify, type BackupContents, type BackupLabel } from './backup-file.ts'
import { openKey } from './sealed-key.ts'

export interface RestoreBackupOptions {
  readonly path: string
  /** Made where it is missing; one that holds a database stays as it is. */
  readonly dataDir: string
  /** Opens the key in the backup; null: the key file lies in the data folder already. */
  readonly passphrase: string | null
}

export interface Restored extends Pick<BackupLabel, 'createdAt' | 'version'> {
  readonly contents: BackupContents
}

/**
 * What was good once and may have been spent since the backup was made: it would be good again. Sessions, links and codes that let
 * somebody in without a factor, remembered factors, and what was waiting for an answer.
 */
const spentPerhaps = [
  'Session',
  'PortalSession',
  'EnrolmentLink',
  'AppActivation',
  'OneTimeBypass',
  'FactorPass',
  'FactorRequest',
  'Challenge',
]

/** Throws StoreError `folder-in-use`, `not-a-backup`, `key-missing` or `key-wrong`; the data folder is as it was then. */
export function restoreBackup({ path, dataDir, passphrase }: RestoreBackupOptions): Restored {
  const to = dataPaths(dataDir)
  const there = [to.database, to.journal].find((file) => existsSync(file))
  if (there !== undefined) {
    throw new StoreError(
      'folder-in-use',
      `${there} is there already. Stop the server and move its data folder away first.`,
    )
  }
  if (!existsSync(path)) throw new StoreError('not-a-backup', `${path} is not there.`)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const partial = `${to.database}.restoring`
  rmSync(partial, { force: true })
  try {
    copyFileSync(path, partial)
    const { restored, key } = prepare(partial, path, { passphrase, own: readKey(to.key), keyFile: to.key })
    if (readKey(to.key) === undefined) writeKey(to.key, key)
    renameSync(partial, to.database)
    return restored
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

interface Keys {
  readonly passphrase: string | null
  /** The one that lies in the data folder. */
  readonly own: Buffer | undefined
  readonly keyFile: string
}

function prepare(partial: string, path: string, keys: Keys): { readonly restored: Restored; readonly key: Buffer } {
  const database = new Database(partial, { fileMustExist: true })
  try {
    const label = readLabel(database, path)
    const contents = verify(database, path)
    const key = keyOf(label, path, keys)
    proveKey(database, key, path)
    removeLabel(database)
    for (const table of spentPerhaps) database.exec(`DELETE FROM ${table}`)
    database.pragma('synchronous = FULL')
    return { restored: { createdAt: label.createdAt, version: label.version, contents }, key }
  } finally {
    database.close()
  }
}

function keyOf({ sealedKey }: BackupLabel, path: string, { passphrase, own, keyFile }: Keys): Buffer {
  if (own !== undefined) return own
  if (sealedKey === null) {
    throw new StoreError('key-missing', `${path} was made without the key. Put the key file at ${keyFile} first.`)
  }
  if (passphrase === null) {
    throw new StoreError(
      'key-missing',
      `${path} holds the key under a passphrase: name it, or put the key file at ${keyFile}.`,
    )
  }
  return openKey(sealedKey, passphrase)
}
