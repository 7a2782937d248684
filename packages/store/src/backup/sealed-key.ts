/** The sealing key inside a backup, sealed itself by a passphrase: whoever finds the file alone opens nothing with it. */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { StoreError } from '../store-error.ts'

/** RFC 7914 §2: 128 MiB and about half a second a guess. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 }
const saltBytes = 16
const nonceBytes = 12
const tagBytes = 16
const prefix = 'scrypt17.'

/** Fewer characters are guessed, whatever a guess costs. */
export const shortestPassphrase = 12

/** @returns text: what made it, then base64url of salt (16 octets), nonce (12), the sealed key and tag (16) */
export function sealKey(key: Uint8Array, passphrase: string): string {
  const salt = randomBytes(saltBytes)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(passphrase, salt), nonce)
  const body = Buffer.concat([cipher.update(key), cipher.final()])
  return prefix + Buffer.concat([salt, nonce, body, cipher.getAuthTag()]).toString('base64url')
}

/** Throws StoreError `key-wrong` for another passphrase, or a text that was altered. */
export function openKey(sealed: string, passphrase: string): Buffer {
  const raw = Buffer.from(sealed.slice(prefix.length), 'base64url')
  const salt = raw.subarray(0, saltBytes)
  const nonce = raw.subarray(saltBytes, saltBytes + nonceBytes)
  try {
    if (!sealed.startsWith(prefix)) throw new Error('not sealed by this release')
    const decipher = createDecipheriv('aes-256-gcm', keyFrom(passphrase, salt), nonce)
    decipher.setAuthTag(raw.subarray(-tagBytes))
    return Buffer.concat([decipher.update(raw.subarray(saltBytes + nonceBytes, -tagBytes)), decipher.final()])
  } catch (cause) {
    throw new StoreError('key-wrong', 'The passphrase does not open the key of this backup.', { cause })
  }
}

function keyFrom(passphrase: string, salt: Uint8Array): Buffer {
  return scryptSync(passphrase.normalize('NFKC'), salt, 32, cost)
}
