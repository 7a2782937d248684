/** Message-Authenticator and the authenticators for every code, against digests that node:crypto computes. */
import { createHash, createHmac } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { attribute } from './attributes.ts'
import { verifyRequestAuthenticator, verifyResponseAuthenticator } from './authenticators.ts'
import { codeName, hasSignedAuthenticator, isRequestCode, packetCodes, type PacketCode } from './codes.ts'
import { encodeRequest, encodeResponse } from './encode.ts'
import { verifyMessageAuthenticator } from './message-authenticator.ts'
import { decodePacket, type Packet } from './packet.ts'
import { createSharedSecret } from './shared-secret.ts'

const key = 'a secret'
const secret = createSharedSecret(key)
const other = createSharedSecret('another')
const requestAuthenticator = Uint8Array.from({ length: 16 }, (_, index) => index + 1)
const attributes = [attribute('User-Name', 'alice')]
const codes = Object.values(packetCodes).map((code) => ({ code, name: codeName(code) }))

function packet(bytes: Uint8Array): Packet {
  const decoded = decodePacket(bytes)
  if (!decoded.ok) throw new Error(decoded.failure)
  return decoded.packet
}

function encode(code: PacketCode, messageAuthenticator: boolean): Packet {
  return packet(
    isRequestCode(code)
      ? encodeRequest({
          code,
          identifier: 9,
          authenticator: requestAuthenticator,
          attributes,
          secret,
          messageAuthenticator,
        })
      : encodeResponse({
          code,
          request: { identifier: 9, authenticator: requestAuthenticator },
          attributes,
          secret,
          messageAuthenticator,
        }),
  )
}

/** The packet with the field that its RFC says while digests are computed, and a zero Message-Authenticator. */
function asSigned({ code, bytes }: Packet): Buffer {
  const copy = Buffer.from(bytes)
  if (hasSignedAuthenticator(code)) copy.fill(0, 4, 20)
  else copy.set(requestAuthenticator, 4)
  return copy
}

describe.each(codes)('$name', ({ code }) => {
  it('carries a Message-Authenticator first, as HMAC-MD5 over the whole packet', () => {
    const signed = encode(code, true)
    const copy = asSigned(signed).fill(0, 22, 38)
    expect(signed.attributes[0]?.type).toBe(80)
    expect(Buffer.from(signed.attributes[0]?.value ?? [])).toEqual(createHmac('md5', key).update(copy).digest())
    expect(verifyMessageAuthenticator(signed, secret, requestAuthenticator)).toBe('valid')
    expect(verifyMessageAuthenticator(signed, other, requestAuthenticator)).toBe('invalid')
    expect(verifyMessageAuthenticator(encode(code, false), secret, requestAuthenticator)).toBe('absent')
  })

  if (isRequestCode(code)) {
    it('has the authenticator that its RFC says', () => {
      const sent = encode(code, true)
      if (hasSignedAuthenticator(code)) {
        const digest = createHash('md5').update(asSigned(sent)).update(key).digest()
        expect(Buffer.from(sent.authenticator)).toEqual(digest)
        expect(verifyRequestAuthenticator(sent, other)).toBe(false)
      } else {
        expect(sent.authenticator).toEqual(requestAuthenticator)
      }
      expect(verifyRequestAuthenticator(sent, secret)).toBe(true)
    })
  } else {
    it('has the Response Authenticator of RFC 2865 §3', () => {
      const sent = encode(code, true)
      const digest = createHash('md5').update(asSigned(sent)).update(key).digest()
      expect(Buffer.from(sent.authenticator)).toEqual(digest)
      expect(verifyResponseAuthenticator(sent, secret, requestAuthenticator)).toBe(true)
      expect(verifyResponseAuthenticator(sent, other, requestAuthenticator)).toBe(false)
    })

    it('needs the authenticator of its request', () => {
      expect(verifyMessageAuthenticator(encode(code, true), secret)).toBe('invalid')
      expect(verifyResponseAuthenticator(encode(code, true), secret, new Uint8Array(3))).toBe(false)
    })
  }
})

describe('a malformed Message-Authenticator', () => {
  const request = (count: number, length: number) =>
    packet(
      Uint8Array.of(
        ...[1, 1, 0, 20 + count * (2 + length), ...requestAuthenticator],
        ...Array.from({ length: count }, () => [80, 2 + length, ...new Array<number>(length).fill(0)]).flat(),
      ),
    )

  it('is one that is too short or too long, or that comes twice (RFC 3579 §3.3)', () => {
    expect(verifyMessageAuthenticator(request(1, 15), secret)).toBe('malformed')
    expect(verifyMessageAuthenticator(request(1, 17), secret)).toBe('malformed')
    expect(verifyMessageAuthenticator(request(2, 16), secret)).toBe('malformed')
    expect(verifyMessageAuthenticator(request(1, 16), secret)).toBe('invalid')
  })
})

describe('a nonce', () => {
  it('is drawn anew for each Access-Request that brings none', () => {
    const make = () => packet(encodeRequest({ code: 1, identifier: 0, attributes, secret })).authenticator
    expect(make()).not.toEqual(make())
  })
})

describe('what does not fit', () => {
  const request = { code: 1, identifier: 0, secret } as const

  it('is refused by name', () => {
    const long = (length: number) => ({ ...request, attributes: [{ type: 1, value: new Uint8Array(length) }] })
    expect(() => encodeRequest(long(254))).toThrow(expect.objectContaining({ code: 'attribute-too-long' }))
    expect(encodeRequest(long(253))).toHaveLength(20 + 18 + 255)
    const many = Array.from({ length: 16 }, () => ({ type: 1, value: new Uint8Array(253) }))
    expect(() => encodeRequest({ ...request, attributes: many })).toThrow(
      expect.objectContaining({ code: 'packet-too-long' }),
    )
    expect(() => encodeRequest({ ...request, attributes: [{ type: 256, value: new Uint8Array(1) }] })).toThrow(
      expect.objectContaining({ code: 'attribute-type-out-of-range' }),
    )
  })

  it('is not a foreign Message-Authenticator: it is replaced', () => {
    const forwarded = [{ type: 80, value: new Uint8Array(16) }, ...attributes]
    const sent = packet(encodeRequest({ ...request, attributes: forwarded }))
    expect(sent.attributes.map(({ type }) => type)).toEqual([80, 1])
    expect(verifyMessageAuthenticator(sent, secret)).toBe('valid')
  })
})
