/** What MS-CHAP is made of against OpenSSL, whose command still has the old algorithms. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import {
  challengeResponse,
  newPasswordEncryptedWithOldNtPasswordHash,
  ntPasswordHash,
  oldNtPasswordHashEncryptedWithNewNtPasswordHash,
} from '../src/index.ts'

function openssl(args: readonly string[], input: Uint8Array): Buffer {
  return execFileSync('openssl', [...args, '-provider', 'legacy', '-provider', 'default'], { input })
}
const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex')

/** RFC 2759 §8.6: 56 bits of key, seven in each octet. */
function desKey(seven: Uint8Array): string {
  const bits = [...seven].map((octet) => octet.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{7}/g) ?? [])
    .map((each) => Number.parseInt(`${each}0`, 2).toString(16).padStart(2, '0'))
    .join('')
}
const des = (direction: '-e' | '-d', key: Uint8Array, block: Uint8Array) =>
  openssl(['enc', direction, '-des-ecb', '-nopad', '-K', desKey(key)], block)

const oldPassword = 'pässwörd €'
const oldHash = ntPasswordHash(oldPassword)

describe('OpenSSL', () => {
  it('makes the same NT hash, of passwords around the end of MD4’s block', () => {
    for (const length of [0, 1, 27, 28, 29, 31, 32, 33, 60, 64]) {
      const password = 'ä'.repeat(length)
      const digest = openssl(['dgst', '-md4', '-binary'], Buffer.from(password, 'utf16le'))
      expect([length, hex(ntPasswordHash(password))]).toEqual([length, hex(digest)])
    }
  })

  it('answers a challenge with the same octets', () => {
    const challenge = randomBytes(8)
    const key = Buffer.concat([oldHash, new Uint8Array(5)])
    const parts = [0, 7, 14].map((at) => des('-e', key.subarray(at, at + 7), challenge))
    expect(hex(challengeResponse(challenge, oldHash))).toBe(hex(Buffer.concat(parts)))
  })

  it('decrypts the new password, and the old hash under the new one', () => {
    const newPassword = 'Größeres Schloß 9'
    const block = openssl(
      ['enc', '-d', '-rc4', '-K', hex(oldHash)],
      newPasswordEncryptedWithOldNtPasswordHash(newPassword, oldHash),
    )
    const length = block.readUInt32LE(512)
    expect(block).toHaveLength(516)
    expect(block.toString('utf16le', 512 - length, 512)).toBe(newPassword)

    const newHash = ntPasswordHash(newPassword)
    const encrypted = oldNtPasswordHashEncryptedWithNewNtPasswordHash(oldHash, newHash)
    const halves = [0, 1].map((half) =>
      des('-d', newHash.subarray(half * 7, half * 7 + 7), encrypted.subarray(half * 8, half * 8 + 8)),
    )
    expect(hex(Buffer.concat(halves))).toBe(hex(oldHash))
  })
})
