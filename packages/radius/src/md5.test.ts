/** MD5 and HMAC-MD5 against their RFCs' vectors and against Node's own implementation. */
import { createHash, createHmac } from 'node:crypto'

import fc from 'fast-check'
import { createMD5 } from 'hash-wasm'
import { describe, expect, it } from 'vitest'

import { createHmacKey, hmacMd5Into, md5, md5PaddingBytes } from './md5.ts'
import { createWorkArea } from './octets.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const text = (value: string) => new TextEncoder().encode(value)

function hmac(key: Uint8Array, data: Uint8Array): string {
  const work = createWorkArea(data.length + md5PaddingBytes)
  work.octets.fill(0xaa)
  work.octets.set(data)
  const out = new Uint8Array(16)
  hmacMd5Into(createHmacKey(key), work, data.length, out, 0)
  return hex(out)
}

describe('MD5', () => {
  it.each([
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a', '0cc175b9c0f1b6a831c399e269772661'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      '57edf4a22be3c955ac49da2e2107b67a',
    ],
  ])('hashes %j as RFC 1321 §A.5 says', (message, digest) => {
    expect(hex(md5(text(message)))).toBe(digest)
  })

  it('agrees with Node for messages of every length around the block sizes', () => {
    for (let length = 0; length <= 200; length++) {
      const data = Uint8Array.from({ length }, (_, index) => (index * 7 + length) & 0xff)
      expect(hex(md5(data))).toBe(createHash('md5').update(data).digest('hex'))
    }
  })
})

describe('MD5, against WebAssembly', () => {
  it('agrees with hash-wasm for any message', async () => {
    const wasm = await createMD5()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (data) => {
        expect(hex(md5(data))).toBe(wasm.init().update(data).digest('hex'))
      }),
    )
  })
})

describe('HMAC-MD5', () => {
  it.each([
    [Buffer.alloc(16, 0x0b), 'Hi There', '9294727a3638bb1c13f48ef8158bfc9d'],
    [Buffer.from('Jefe'), 'what do ya want for nothing?', '750c783e6ab0b503eaa86e310a5db738'],
    [
      Buffer.alloc(80, 0xaa),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd',
    ],
  ])('computes RFC 2202 §2, key %#', (key, data, digest) => {
    expect(hmac(key, text(data))).toBe(digest)
  })

  it('agrees with Node for any key and message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 300 }), (key, data) => {
        expect(hmac(key, data)).toBe(createHmac('md5', key).update(data).digest('hex'))
      }),
    )
  })
})
