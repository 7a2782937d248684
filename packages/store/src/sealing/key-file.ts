/** The sealing key's file: 32 random octets in base64url, readable by the server's account alone. */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode, StoreError } from '../store-error.ts'

const keyBytes = 32

/** The key, or undefined when there is no such file. Throws `key-wrong` when the file holds something else. */
export function readKey(path: string): Buffer | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw new StoreError(
      'key-missing',
      `The key file ${path} cannot be read. Give the server's account access to it.`,
      {
        cause: error,
      },
    )
  }
  const key = Buffer.from(text, 'base64url')
  if (key.length !== keyBytes || key.toString('base64url') !== text) {
    throw new StoreError(
      'key-wrong',
      `The key file ${path} does not hold a key (${keyBytes} octets in base64url). Put back the file that belongs to this database, from a backup.`,
    )
  }
  return key
}

/** Makes a new key; never replaces a file that is there. On disk when it returns. */
export function createKey(path: string): Buffer {
  const key = randomBytes(keyBytes)
  writeKey(path, key)
  return key
}

/** Never replaces a file that is there. On disk when it returns. */
export function writeKey(path: string, key: Buffer): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, `${key.toString('base64url')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
