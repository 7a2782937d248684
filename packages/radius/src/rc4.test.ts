/** RC4 against RFC 6229's key streams, and back again. */
import { describe, expect, it } from 'vitest'

import { rc4 } from './rc4.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))

describe('RC4 (RFC 6229 §2)', () => {
  it.each([
    ['0102030405', 'b2396305f03dc027ccc3524a0a1118a8', '6982944f18fc82d589c403a47a0d0919'],
    ['0102030405060708090a0b0c0d0e0f10', '9ac7cc9a609d1ef7b2932899cde41b97', '5248c4959014126a6e8a84f11d1a9e1c'],
  ])('streams under %s', (key, first, second) => {
    expect(rc4(hex(key), new Uint8Array(32))).toEqual(hex(first + second))
  })

  it('decrypts what it encrypted', () => {
    const plain = new TextEncoder().encode('a password')
    expect(rc4(hex('0102'), rc4(hex('0102'), plain))).toEqual(plain)
  })

  it('refuses keys that it cannot take', () => {
    expect(() => rc4(new Uint8Array(0), new Uint8Array(1))).toThrow(RangeError)
    expect(() => rc4(new Uint8Array(257), new Uint8Array(1))).toThrow(RangeError)
  })
})
