/** MS-CHAPv2's attributes, made and read: whole, and in every way malformed. */
import { describe, expect, it } from 'vitest'

import { attribute } from './attributes.ts'
import {
  mschapError,
  mschapV2Change,
  mschapV2Response,
  mschapV2Success,
  readMschapError,
  readMschapV2Challenge,
  readMschapV2Change,
  readMschapV2Response,
  readMschapV2Success,
} from './mschap-attributes.ts'
import type { Attribute } from './packet.ts'

const filled = (length: number, from: number) => Uint8Array.from({ length }, (_, index) => from + index)
const response = { ident: 9, peerChallenge: filled(16, 1), ntResponse: filled(24, 100) }
const packet = (...attributes: readonly Attribute[]) => ({ attributes })

describe('MS-CHAP2-Response (RFC 2548 §2.3.2)', () => {
  it('is ident, flags, challenge, eight reserved octets and the response', () => {
    const made = mschapV2Response(response)
    // Behind the vendor's number, type and length.
    expect([...made.value.subarray(6)]).toEqual([
      9,
      0,
      ...response.peerChallenge,
      ...new Uint8Array(8),
      ...response.ntResponse,
    ])
    expect(readMschapV2Response(packet(made))).toEqual(response)
  })

  it('is none of another length', () => {
    for (const length of [0, 49, 51]) {
      const malformed = attribute('MS-CHAP2-Response', new Uint8Array(length))
      expect(readMschapV2Response(packet(malformed))).toBeUndefined()
    }
    expect(readMschapV2Response(packet())).toBeUndefined()
  })

  it('answers a challenge of 16 octets: one of 8 belongs to the first version', () => {
    const challenge = (length: number) =>
      readMschapV2Challenge(packet(attribute('MS-CHAP-Challenge', filled(length, 3))))
    expect(challenge(16)).toEqual(filled(16, 3))
    expect(challenge(8)).toBeUndefined()
  })
})

describe('MS-CHAP2-Success and MS-CHAP-Error (RFC 2548 §2.3.3, §2.1.5)', () => {
  it('carry the ident before their text', () => {
    const success = `S=${'0'.repeat(40)}`
    expect(readMschapV2Success(packet(mschapV2Success(9, success)))).toEqual({ ident: 9, message: success })
    const error = { code: 691, retry: true, challenge: filled(16, 1), version: 3, message: 'No' }
    expect(readMschapError(packet(mschapError(9, error)))).toEqual({ ident: 9, ...error })
  })

  it('are none when they say nothing', () => {
    for (const octets of [[], [9], [9, 0x58], [9, 0xff, 0xff]]) {
      const value = Uint8Array.from(octets)
      expect(readMschapV2Success(packet(attribute('MS-CHAP2-Success', value)))).toBeUndefined()
      expect(readMschapError(packet(attribute('MS-CHAP-Error', value)))).toBeUndefined()
    }
  })

  it('is read as some servers send it, without ident', () => {
    const bare = attribute('MS-CHAP-Error', new TextEncoder().encode('E=648 R=0 V=3'))
    expect(readMschapError(packet(bare))).toEqual({ ident: 0, code: 648, retry: false, version: 3 })
  })
})

describe('MS-CHAP2-CPW with MS-CHAP-NT-Enc-PW (RFC 2548 §2.3.4)', () => {
  const change = { ...response, encryptedPassword: filled(516, 7), encryptedHash: filled(16, 200) }
  const [first, ...pieces] = mschapV2Change(change)
  if (!first) throw new Error('no attribute was made')

  it('carries the new password in three pieces', () => {
    expect(pieces).toHaveLength(3)
    expect(readMschapV2Change(packet(first, ...pieces))).toEqual(change)
    expect(readMschapV2Change(packet(...pieces, first))).toEqual(change)
  })

  it('is none when a piece is missing, doubled, out of order or of another ident', () => {
    const [one, two, three] = pieces
    const other = mschapV2Change({ ...change, ident: 10 }).slice(1)
    if (!one || !two || !three) throw new Error('not three pieces')
    for (const wrong of [[], [one, two], [one, one, two, three], [two, one, three], [one, two, three, three], other]) {
      expect(readMschapV2Change(packet(first, ...wrong))).toBeUndefined()
    }
    expect(readMschapV2Change(packet(...pieces))).toBeUndefined()
  })
})
