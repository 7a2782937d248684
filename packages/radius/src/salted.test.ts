/** Salted hiding: against the RFC's formula written out with node:crypto, and back again. */
import { createHash } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { hideSalted, revealSalted } from './salted.ts'
import { createSharedSecret } from './shared-secret.ts'

const key = 'a secret'
const secret = createSharedSecret(key)
const authenticator = Uint8Array.from({ length: 16 }, (_, index) => 0xf0 - index)
const salt = Uint8Array.of(0x8c, 0x01)

describe('hiding with a salt (RFC 2868 §3.5, RFC 2548 §2.4.2)', () => {
  it('is c(i) = p(i) xor MD5(S + R + A), then MD5(S + c(i-1))', () => {
    const plain = Buffer.from('a password of more than sixteen octets')
    const padded = Buffer.alloc(48)
    padded[0] = plain.length
    plain.copy(padded, 1)
    const xor = (left: Buffer, right: Buffer) => Buffer.from(left.map((octet, index) => octet ^ (right[index] ?? 0)))
    const digest = (...parts: Uint8Array[]) => {
      const hash = createHash('md5').update(key)
      for (const part of parts) hash.update(part)
      return hash.digest()
    }
    const first = xor(padded.subarray(0, 16), digest(authenticator, salt))
    const second = xor(padded.subarray(16, 32), digest(first))
    const third = xor(padded.subarray(32, 48), digest(second))
    expect(Buffer.from(hideSalted(plain, secret, authenticator, salt))).toEqual(
      Buffer.concat([salt, first, second, third]),
    )
  })

  it('comes back, whatever the octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 239 }), (plain) => {
        expect(revealSalted(hideSalted(plain, secret, authenticator, salt), secret, authenticator)).toEqual(plain)
      }),
    )
  })

  it('reveals nothing from lengths that cannot be', () => {
    for (const length of [0, 1, 2, 3, 17, 19, 33]) {
      expect(revealSalted(new Uint8Array(length), secret, authenticator)).toBeUndefined()
    }
  })

  it('refuses a salt without its top bit, and values that are too long', () => {
    expect(() => hideSalted(new Uint8Array(1), secret, authenticator, Uint8Array.of(0x7f, 1))).toThrow(RangeError)
    expect(() => hideSalted(new Uint8Array(240), secret, authenticator, salt)).toThrow(RangeError)
  })
})
