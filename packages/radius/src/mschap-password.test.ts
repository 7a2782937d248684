/** A changed password: encrypted as RFC 2759 says, and read again by who knows the old hash, and by nobody else. */
import { createCipheriv } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  decryptNewPassword,
  decryptOldNtPasswordHash,
  newPasswordEncryptedWithOldNtPasswordHash,
  oldNtPasswordHashEncryptedWithNewNtPasswordHash,
  readChangedPassword,
} from './mschap-password.ts'
import { ntPasswordHash } from './mschap-v2.ts'
import { rc4 } from './rc4.ts'

const oldHash = ntPasswordHash('old password')

function change(to: string) {
  return {
    encryptedPassword: newPasswordEncryptedWithOldNtPasswordHash(to, oldHash),
    encryptedHash: oldNtPasswordHashEncryptedWithNewNtPasswordHash(oldHash, ntPasswordHash(to)),
  }
}

describe('a changed password (RFC 2759 §8.9 to §8.13)', () => {
  it('lies at the end of 512 octets, its length behind it, all under RC4 (§8.10)', () => {
    const encrypted = newPasswordEncryptedWithOldNtPasswordHash('ab', oldHash, (octets) => octets.fill(7))
    const block = Buffer.from(rc4(oldHash, encrypted))
    expect(block).toHaveLength(516)
    expect(block.subarray(0, 508).every((octet) => octet === 7)).toBe(true)
    expect(block.subarray(508)).toEqual(Buffer.from([0x61, 0, 0x62, 0, 4, 0, 0, 0]))
  })

  it('takes the old hash along, each half under DES with seven octets of the new one (§8.13)', () => {
    const newHash = ntPasswordHash('new password')
    const encrypted = oldNtPasswordHashEncryptedWithNewNtPasswordHash(oldHash, newHash)
    const half = (at: number) => {
      let bits = ''
      for (const octet of newHash.subarray((at / 8) * 7, (at / 8) * 7 + 7)) bits += octet.toString(2).padStart(8, '0')
      const key = Buffer.from(bits.match(/.{7}/g)?.map((seven) => Number.parseInt(`${seven}0`, 2)) ?? [])
      const des = createCipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null).setAutoPadding(false)
      return des.update(oldHash.subarray(at, at + 8))
    }
    expect(Buffer.from(encrypted)).toEqual(Buffer.concat([half(0), half(8)]))
    expect(decryptOldNtPasswordHash(encrypted, newHash)).toEqual(oldHash)
  })

  it('comes back, whatever it is, up to 256 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 128 }), (password) => {
        expect(decryptNewPassword(newPasswordEncryptedWithOldNtPasswordHash(password, oldHash), oldHash)).toBe(password)
      }),
    )
    expect(readChangedPassword(change('x'.repeat(256)), oldHash)).toBe('x'.repeat(256))
    expect(() => change('x'.repeat(257))).toThrow(RangeError)
  })

  it('is read with the old hash, and not with another', () => {
    expect(readChangedPassword(change('new password'), oldHash)).toBe('new password')
    expect(readChangedPassword(change('new password'), ntPasswordHash('another'))).toBeUndefined()
  })

  it('is not read when the proof is of another password, or of a wrong length', () => {
    const { encryptedPassword, encryptedHash } = change('new password')
    const other = change('other password').encryptedHash
    expect(readChangedPassword({ encryptedPassword, encryptedHash: other }, oldHash)).toBeUndefined()
    const short = { encryptedPassword, encryptedHash: encryptedHash.subarray(1) }
    expect(readChangedPassword(short, oldHash)).toBeUndefined()
    expect(decryptNewPassword(encryptedPassword.subarray(1), oldHash)).toBeUndefined()
  })
})
