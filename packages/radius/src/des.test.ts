/** DES against published blocks, and back again. */
import { describe, expect, it } from 'vitest'

import { desDecrypt, desEncrypt } from './des.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))

describe('DES under seven octets of key', () => {
  // RFC 2759 §9.2: the NT response of the example is the challenge under the three parts of the password's hash.
  it.each([
    ['44ebba8d5312b8', '82309ecd8d708b5e'],
    ['d611474411f569', 'a08faa3981cd8354'],
    ['89ae0000000000', '4233114a3d85d6df'],
  ])('encrypts a challenge under %s (RFC 2759 §8.5, §9.2)', (key, cypher) => {
    expect(desEncrypt(hex('d02e4386bce91226'), hex(key))).toEqual(hex(cypher))
    expect(desDecrypt(hex(cypher), hex(key))).toEqual(hex('d02e4386bce91226'))
  })

  it('refuses keys and blocks of other lengths', () => {
    expect(() => desEncrypt(new Uint8Array(7), new Uint8Array(7))).toThrow(TypeError)
    expect(() => desEncrypt(new Uint8Array(8), new Uint8Array(8))).toThrow(TypeError)
  })
})
