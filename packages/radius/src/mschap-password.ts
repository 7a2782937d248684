/** A new password on its way through MS-CHAPv2: encrypted under the old one's hash, and read again. */
import { randomFillSync, timingSafeEqual } from 'node:crypto'

import { desDecrypt, desEncrypt } from './des.ts'
import { ntPasswordHash, ofLength } from './mschap-v2.ts'
import { rc4 } from './rc4.ts'

/** Octets of an encrypted new password. */
export const encryptedPasswordBytes = 516
const passwordAreaBytes = 512

/**
 * Encrypts a new password of at most 256 UTF-16 units under the NT hash of the old one: 516 octets. Throws a
 * RangeError when it is longer. `random` fills what the password leaves empty.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.9 RFC 2759 §8.9, §8.10}
 */
export function newPasswordEncryptedWithOldNtPasswordHash(
  newPassword: string,
  oldPasswordHash: Uint8Array,
  random: (octets: Uint8Array) => void = (octets) => void randomFillSync(octets),
): Uint8Array {
  const password = Buffer.from(newPassword, 'utf16le')
  if (password.length > passwordAreaBytes) throw new RangeError('a password has at most 256 characters in MS-CHAP')
  const block = new Uint8Array(encryptedPasswordBytes)
  random(block.subarray(0, passwordAreaBytes - password.length))
  block.set(password, passwordAreaBytes - password.length)
  new DataView(block.buffer).setUint32(passwordAreaBytes, password.length, true)
  return rc4(ofLength(oldPasswordHash, 16, 'an NT hash'), block)
}

/**
 * The new password, or undefined when the block was not encrypted under this hash: then its length makes no sense.
 * That it does make sense proves little: {@link readChangedPassword} proves it.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.10 RFC 2759 §8.10}
 */
export function decryptNewPassword(encrypted: Uint8Array, oldPasswordHash: Uint8Array): string | undefined {
  if (encrypted.length !== encryptedPasswordBytes) return undefined
  const block = Buffer.from(rc4(ofLength(oldPasswordHash, 16, 'an NT hash'), encrypted))
  const length = block.readUInt32LE(passwordAreaBytes)
  if (length > passwordAreaBytes || length % 2 !== 0) return undefined
  return block.toString('utf16le', passwordAreaBytes - length, passwordAreaBytes)
}

/**
 * The old NT hash encrypted under the new one, 16 octets: proves to a server which keeps hashes that the change
 * comes from someone who knew the old password.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.12 RFC 2759 §8.12, §8.13}
 */
export function oldNtPasswordHashEncryptedWithNewNtPasswordHash(
  oldPasswordHash: Uint8Array,
  newPasswordHash: Uint8Array,
): Uint8Array {
  return inHalves(desEncrypt, ofLength(oldPasswordHash, 16, 'an NT hash'), newPasswordHash)
}

/** Undoes {@link oldNtPasswordHashEncryptedWithNewNtPasswordHash}: the old NT hash. */
export function decryptOldNtPasswordHash(encryptedHash: Uint8Array, newPasswordHash: Uint8Array): Uint8Array {
  return inHalves(desDecrypt, ofLength(encryptedHash, 16, 'an encrypted hash'), newPasswordHash)
}

/**
 * The new password of a change, proven: it decrypts under the old NT hash, and its own hash decrypts to the old one
 * what came with it, compared in constant time. Undefined otherwise.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-7 RFC 2759 §7}
 */
export function readChangedPassword(
  change: { readonly encryptedPassword: Uint8Array; readonly encryptedHash: Uint8Array },
  oldPasswordHash: Uint8Array,
): string | undefined {
  const password = decryptNewPassword(change.encryptedPassword, oldPasswordHash)
  if (password === undefined || change.encryptedHash.length !== 16) return undefined
  const old = decryptOldNtPasswordHash(change.encryptedHash, ntPasswordHash(password))
  return timingSafeEqual(old, oldPasswordHash) ? password : undefined
}

type Des = (block: Uint8Array, key: Uint8Array) => Uint8Array

/** RFC 2759 §8.13: each half under seven octets of the key; its last two octets go unused. */
function inHalves(des: Des, hash: Uint8Array, key: Uint8Array): Uint8Array {
  ofLength(key, 16, 'an NT hash')
  const result = new Uint8Array(16)
  result.set(des(hash.subarray(0, 8), key.subarray(0, 7)))
  result.set(des(hash.subarray(8, 16), key.subarray(7, 14)), 8)
  return result
}
