/** The structure of packets: every way to be malformed has a name, and nothing that comes in throws. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createSharedSecret } from './shared-secret.ts'
import { describeAttributes } from './describe.ts'
import { dictionary, type AttributeName } from './dictionary/index.ts'
import { readAttributes } from './attributes.ts'
import { encodeRequest } from './encode.ts'
import { verifyMessageAuthenticator } from './message-authenticator.ts'
import { decodeFailures, decodePacket, type Attribute, type DecodeFailure } from './packet.ts'
import { readUserPassword } from './user-password.ts'
import { verifyRequestAuthenticator } from './authenticators.ts'

const secret = createSharedSecret('secret')

/** A header with this Length, and what follows. */
function packet(length: number, ...body: number[]): Uint8Array {
  return Uint8Array.of(1, 7, length >> 8, length, ...new Array<number>(16).fill(0xab), ...body)
}

describe('decoding', () => {
  it.each<[DecodeFailure, Uint8Array]>([
    ['too-short', new Uint8Array(0)],
    ['too-short', packet(20).subarray(0, 19)],
    ['unknown-code', packet(20).fill(99, 0, 1)],
    ['unknown-code', packet(20).fill(0, 0, 1)],
    ['length-below-header', packet(19)],
    ['length-beyond-maximum', packet(4097, ...new Array<number>(4077).fill(2))],
    ['length-beyond-datagram', packet(21)],
    ['attribute-header-truncated', packet(21, 1)],
    ['attribute-header-truncated', packet(24, 1, 3, 65, 1)],
    ['attribute-type-zero', packet(22, 0, 2)],
    ['attribute-length-below-two', packet(22, 1, 1)],
    ['attribute-length-below-two', packet(22, 1, 0)],
    ['attribute-overruns-packet', packet(22, 1, 3)],
    ['too-many-attributes', packet(20 + 2 * 257, ...new Array<number>(257).fill(1).flatMap((type) => [type, 2]))],
  ])('names %s', (failure, bytes) => {
    expect(decodePacket(bytes)).toEqual({ ok: false, failure })
  })

  it('takes 256 attributes, and one without a value', () => {
    const bytes = packet(20 + 2 * 256, ...new Array<number>(256).fill(1).flatMap((type) => [type, 2]))
    const decoded = decodePacket(bytes)
    expect(decoded.ok && decoded.packet.attributes.length).toBe(256)
    expect(decoded.ok && decoded.packet.attributes[0]).toEqual({ type: 1, value: new Uint8Array(0) })
  })

  it('ignores octets beyond Length: they are padding (RFC 2865 §3)', () => {
    const decoded = decodePacket(packet(23, 1, 3, 65, 99, 99))
    expect(decoded.ok && decoded.packet.attributes).toEqual([{ type: 1, value: Uint8Array.of(65) }])
    expect(decoded.ok && decoded.packet.bytes).toEqual(packet(23, 1, 3, 65))
  })

  it('gives views of the datagram, not copies', () => {
    const bytes = packet(23, 1, 3, 65)
    const decoded = decodePacket(bytes)
    bytes[22] = 66
    expect(decoded.ok && decoded.packet.attributes[0]?.value).toEqual(Uint8Array.of(66))
  })
})

const attributes = fc.array(
  fc.record({
    // Not 80: a Message-Authenticator is the encoder's own.
    type: fc.integer({ min: 1, max: 255 }).filter((type) => type !== 80),
    value: fc.uint8Array({ maxLength: 253 }),
  }),
  { maxLength: 12 },
)

const encode = (list: readonly Attribute[], messageAuthenticator: boolean) =>
  encodeRequest({ code: 1, identifier: 3, attributes: list, secret, messageAuthenticator })

describe('any packet', () => {
  it('comes back as it was encoded', () => {
    fc.assert(
      fc.property(attributes, fc.boolean(), (list, signed) => {
        const decoded = decodePacket(encode(list, signed))
        if (!decoded.ok) throw new Error(decoded.failure)
        expect(decoded.packet.attributes.slice(signed ? 1 : 0)).toEqual(list)
        expect(verifyMessageAuthenticator(decoded.packet, secret)).toBe(signed ? 'valid' : 'absent')
      }),
    )
  })

  it('fails by a name wherever it is cut', () => {
    fc.assert(
      fc.property(attributes, (list) => {
        const whole = encode(list, true)
        for (let length = 0; length < whole.length; length++) {
          const decoded = decodePacket(whole.subarray(0, length))
          expect(decoded).toEqual({ ok: false, failure: length < 20 ? 'too-short' : 'length-beyond-datagram' })
        }
      }),
      { numRuns: 20 },
    )
  })

  it('fails by a name, or keeps whole attributes, wherever it is cut and its Length agrees', () => {
    fc.assert(
      fc.property(attributes, (list) => {
        const whole = encode(list, true)
        for (let length = 20; length < whole.length; length++) {
          const cut = Uint8Array.from(whole.subarray(0, length))
          cut[2] = length >> 8
          cut[3] = length
          const decoded = decodePacket(cut)
          if (decoded.ok) {
            expect(decoded.packet.attributes.reduce((sum, { value }) => sum + 2 + value.length, 20)).toBe(length)
          } else {
            expect(['attribute-header-truncated', 'attribute-overruns-packet']).toContain(decoded.failure)
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  it('loses its Message-Authenticator’s validity with any octet that changes', () => {
    fc.assert(
      fc.property(attributes, fc.nat(), fc.integer({ min: 1, max: 255 }), (list, where, change) => {
        const bytes = encode(list, true)
        const at = where % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ change
        const decoded = decodePacket(bytes)
        if (decoded.ok && decoded.packet.bytes.length === bytes.length) {
          expect(verifyMessageAuthenticator(decoded.packet, secret)).not.toBe('valid')
        }
      }),
    )
  })
})

describe('no input', () => {
  const names = Object.keys(dictionary) as AttributeName[]

  function readEverything(bytes: Uint8Array): void {
    const decoded = decodePacket(bytes)
    if (!decoded.ok) {
      expect(decodeFailures).toContain(decoded.failure)
      return
    }
    const { packet: read } = decoded
    verifyMessageAuthenticator(read, secret)
    verifyMessageAuthenticator(read, secret, new Uint8Array(16))
    verifyRequestAuthenticator(read, secret)
    readUserPassword(read, secret)
    describeAttributes(read)
    for (const name of names) readAttributes(read, name)
  }

  it('makes decoding, checking, reading or describing throw: random octets', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => readEverything(bytes)))
  })

  it('makes decoding, checking, reading or describing throw: random attributes of every type', () => {
    const code = fc.constantFrom(1, 2, 3, 4, 5, 11, 12, 13, 40, 41, 42, 43, 44, 45, 52)
    fc.assert(
      fc.property(code, attributes, fc.uint8Array({ maxLength: 253 }), (number, list, value) => {
        const known = names.map((name) => dictionary[name].path.type)
        const bytes = encode([...list, ...known.slice(0, 12).map((type) => ({ type, value }))], true)
        bytes[0] = number
        readEverything(bytes)
      }),
    )
  })
})
