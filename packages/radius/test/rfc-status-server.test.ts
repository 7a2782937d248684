/** The packets that RFC 5997 §6 prints, both directions. */
import { describe, expect, it } from 'vitest'

import {
  attribute,
  createSharedSecret,
  decodePacket,
  encodeRequest,
  encodeResponse,
  verifyMessageAuthenticator,
  verifyResponseAuthenticator,
  type Attribute,
  type Packet,
  type PacketCode,
} from '../src/index.ts'

const octets = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))
const secret = createSharedSecret('xyzzy5461')

function packet(bytes: Uint8Array): Packet {
  const decoded = decodePacket(bytes)
  if (!decoded.ok) throw new Error(decoded.failure)
  return decoded.packet
}

interface Exchange {
  readonly section: string
  readonly request: Uint8Array
  readonly response: Uint8Array
  readonly code: PacketCode
  readonly attributes: readonly Attribute[]
}

const exchanges: readonly Exchange[] = [
  {
    section: '§6.1, minimal, to an authentication port',
    request: octets(`0c da 00 26 8a 54 f4 68 6f b3 94 c5 28 66 e3 02 18 5d 06 23
      50 12 5a 66 5e 2e 1e 84 11 f3 e2 43 82 20 97 c8 4f a3`),
    response: octets('02 da 00 14 ef 0d 55 2a 4b f2 d6 93 ec 2b 6f e8 b5 41 1d 66'),
    code: 2,
    attributes: [],
  },
  {
    section: '§6.2, minimal, to an accounting port',
    request: octets(`0c b3 00 26 92 5f 6b 66 dd 5f ed 57 1f cb 1d b7 ad 38 82 60
      50 12 e8 d6 ea bd a9 10 87 5c d9 1f da de 26 36 78 58`),
    response: octets('05 b3 00 14 0f 6f 92 14 5f 10 7e 2f 50 4e 86 0a 48 60 66 9c'),
    code: 5,
    attributes: [],
  },
  {
    section: '§6.3, verbose',
    request: octets(`0c 47 00 2c bf 58 de 56 ae 40 8a d3 b7 0c 85 13 f9 b0 3f be
      04 06 c0 00 02 10 50 12 85 2d 6f ec 61 e7 ed 74 b8 e3 2d ac 2f 2a 5f b2`),
    response: octets(`02 47 00 34 46 f4 3e 62 fd 03 54 42 4c bb eb fd 6d 21 4e 06
      12 20 52 41 44 49 55 53 20 53 65 72 76 65 72 20 75 70 20 32 20 64 61 79 73 2c 20 31 38 3a 34 30`),
    code: 2,
    attributes: [attribute('Reply-Message', 'RADIUS Server up 2 days, 18:40')],
  },
]

describe.each(exchanges)('RFC 5997 $section', ({ request, response, code, attributes }) => {
  it('verifies the request', () => {
    expect(verifyMessageAuthenticator(packet(request), secret)).toBe('valid')
    expect(verifyMessageAuthenticator(packet(request), createSharedSecret('xyzzy5460'))).toBe('invalid')
  })

  it('verifies the response, and makes the same', () => {
    const asked = packet(request)
    expect(verifyResponseAuthenticator(packet(response), secret, asked.authenticator)).toBe(true)
    expect(encodeResponse({ code, request: asked, attributes, secret, messageAuthenticator: false })).toEqual(response)
  })
})

it('makes the request of RFC 5997 §6.1 and §6.2', () => {
  for (const { request } of exchanges.slice(0, 2)) {
    const { code, identifier, authenticator } = packet(request)
    expect(encodeRequest({ code, identifier, authenticator, attributes: [], secret })).toEqual(request)
  }
})
