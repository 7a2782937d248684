/** Seals secrets for the database: AES-256-GCM, bound to the row and column that they belong to. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** A sealed value: `v1.` and base64url of nonce (12 octets), ciphertext and tag (16 octets). */
export interface Sealer {
  /** @param place table, column and row id, as in `RadiusClient.sealedSharedSecret.<id>`: it opens only there */
  seal(secret: Uint8Array | string, place: string): string
  /** Throws SealError when it was sealed by another key, for another place, or was altered. */
  open(sealed: string, place: string): Buffer
}

/** Says the same whatever went wrong, so that it tells nothing about the value. */
export class SealError extends Error {
  override readonly name = 'SealError'
  constructor() {
    super('A sealed value cannot be opened with this key in this place.')
  }
}

const prefix = 'v1.'
const nonceBytes = 12
const tagBytes = 16

/** @param key 32 octets */
export function createSealer(key: Uint8Array): Sealer {
  return {
    seal(secret, place) {
      // Random 96-bit nonces: NIST SP 800-38D §8.3 allows 2^32 of them under one key.
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(Buffer.from(secret)), cipher.final()])
      return prefix + Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
    },
    open(sealed, place) {
      const raw = Buffer.from(sealed.slice(prefix.length), 'base64url')
      if (!sealed.startsWith(prefix) || raw.length < nonceBytes + tagBytes) throw new SealError()
      const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(place))
        .setAuthTag(raw.subarray(-tagBytes))
      try {
        return Buffer.concat([decipher.update(raw.subarray(nonceBytes, -tagBytes)), decipher.final()])
      } catch {
        throw new SealError()
      }
    },
  }
}
