/** The packets that RFC 2865 §7 prints, both directions: decoded, verified, and made again octet by octet. */
import { describe, expect, it } from 'vitest'

import {
  attribute,
  createSharedSecret,
  decodePacket,
  describeAttributes,
  encodeRequest,
  encodeResponse,
  hideUserPassword,
  readAttribute,
  readUserPassword,
  verifyChapPassword,
  verifyMessageAuthenticator,
  verifyResponseAuthenticator,
  type Packet,
} from '../src/index.ts'

const octets = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))
const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes)
const secret = createSharedSecret('xyzzy5461')

function packet(bytes: Uint8Array): Packet {
  const decoded = decodePacket(bytes)
  if (!decoded.ok) throw new Error(decoded.failure)
  return decoded.packet
}

// RFC 2865 §7.1
const telnetRequest = octets(`01 00 00 38 0f 40 3f 94 73 97 80 57 bd 83 d5 cb
  98 f4 22 7a 01 06 6e 65 6d 6f 02 12 0d be 70 8d
  93 d4 13 ce 31 96 e4 3f 78 2a 0a ee 04 06 c0 a8
  01 10 05 06 00 00 00 03`)
const telnetAccept = octets(`02 00 00 26 86 fe 22 0e 76 24 ba 2a 10 05 f6 bf
  9b 55 e0 b2 06 06 00 00 00 01 0f 06 00 00 00 00
  0e 06 c0 a8 01 03`)
// RFC 2865 §7.2
const chapRequest = octets(`01 01 00 47 2a ee 86 f0 8d 0d 55 96 9c a5 97 8e
  0d 33 67 a2 01 08 66 6c 6f 70 73 79 03 13 16 e9
  75 57 c3 16 18 58 95 f2 93 ff 63 44 07 72 75 04
  06 c0 a8 01 10 05 06 00 00 00 14 06 06 00 00 00
  02 07 06 00 00 00 01`)
const chapAccept = octets(`02 01 00 38 15 ef bc 7d ab 26 cf a3 dc 34 d9 c0
  3c 86 01 a4 06 06 00 00 00 02 07 06 00 00 00 01
  08 06 ff ff ff fe 0a 06 00 00 00 02 0d 06 00 00
  00 01 0c 06 00 00 05 dc`)

describe('RFC 2865 §7.1: a Telnet user with PAP', () => {
  it('reads the request and its password', () => {
    const request = packet(telnetRequest)
    expect(readAttribute(request, 'User-Name')).toBe('nemo')
    expect(text(readUserPassword(request, secret))).toBe('arctangent')
    expect(readAttribute(request, 'NAS-IP-Address')).toBe('192.168.1.16')
    expect(readAttribute(request, 'NAS-Port')).toBe(3)
    expect(verifyMessageAuthenticator(request, secret)).toBe('absent')
  })

  it('makes the same request', () => {
    const { authenticator } = packet(telnetRequest)
    const made = encodeRequest({
      code: 1,
      identifier: 0,
      authenticator,
      secret,
      messageAuthenticator: false,
      attributes: [
        attribute('User-Name', 'nemo'),
        attribute('User-Password', hideUserPassword('arctangent', secret, authenticator)),
        attribute('NAS-IP-Address', '192.168.1.16'),
        attribute('NAS-Port', 3),
      ],
    })
    expect(made).toEqual(telnetRequest)
  })

  it('verifies the accept, and makes the same', () => {
    const request = packet(telnetRequest)
    expect(verifyResponseAuthenticator(packet(telnetAccept), secret, request.authenticator)).toBe(true)
    const made = encodeResponse({
      code: 2,
      request,
      secret,
      messageAuthenticator: false,
      attributes: [
        attribute('Service-Type', 'Login-User'),
        attribute('Login-Service', 'Telnet'),
        attribute('Login-IP-Host', '192.168.1.3'),
      ],
    })
    expect(made).toEqual(telnetAccept)
  })

  it('refuses the accept under another secret, or for another request', () => {
    const { authenticator } = packet(telnetRequest)
    const accept = packet(telnetAccept)
    expect(verifyResponseAuthenticator(accept, createSharedSecret('other'), authenticator)).toBe(false)
    expect(verifyResponseAuthenticator(accept, secret, packet(chapRequest).authenticator)).toBe(false)
  })
})

describe('RFC 2865 §7.2: a framed user with CHAP', () => {
  it('checks the CHAP response against the request authenticator', () => {
    const request = packet(chapRequest)
    expect(verifyChapPassword(request, new TextEncoder().encode('arctangent'))).toBe(true)
    expect(verifyChapPassword(request, new TextEncoder().encode('arctangenT'))).toBe(false)
  })

  it('describes the request with names, and the CHAP response masked', () => {
    expect(describeAttributes(packet(chapRequest))).toEqual([
      { name: 'User-Name', value: 'flopsy' },
      { name: 'CHAP-Password', value: '••••' },
      { name: 'NAS-IP-Address', value: '192.168.1.16' },
      { name: 'NAS-Port', value: '20' },
      { name: 'Service-Type', value: 'Framed-User' },
      { name: 'Framed-Protocol', value: 'PPP' },
    ])
  })

  it('verifies the accept, and makes the same', () => {
    const request = packet(chapRequest)
    expect(verifyResponseAuthenticator(packet(chapAccept), secret, request.authenticator)).toBe(true)
    const made = encodeResponse({
      code: 2,
      request,
      secret,
      messageAuthenticator: false,
      attributes: [
        attribute('Service-Type', 'Framed-User'),
        attribute('Framed-Protocol', 'PPP'),
        attribute('Framed-IP-Address', '255.255.255.254'),
        attribute('Framed-Routing', 'Listen'),
        attribute('Framed-Compression', 'Van-Jacobson-TCP-IP'),
        attribute('Framed-MTU', 1500),
      ],
    })
    expect(made).toEqual(chapAccept)
  })
})

describe('RFC 2865 §7.3: a user with a challenge', () => {
  const request = octets(`01 02 00 39 f3 a4 7a 1f 6a 6d 76 71 0b 94 7a b9
    30 41 a0 39 01 07 6d 6f 70 73 79 02 12 33 65 75
    73 77 82 89 b5 70 88 5e 15 08 48 25 c5 04 06 c0
    a8 01 10 05 06 00 00 00 07`)
  const challenge = octets(`0b 02 00 4e 36 f3 c8 76 4a e8 c7 11 57 40 3c 0c
    71 ff 9c 45 12 30 43 68 61 6c 6c 65 6e 67 65 20
    33 32 37 36 39 34 33 30 2e 20 20 45 6e 74 65 72
    20 72 65 73 70 6f 6e 73 65 20 61 74 20 70 72 6f
    6d 70 74 2e 18 0a 33 32 37 36 39 34 33 30`)
  const answer = octets(`01 03 00 43 b1 22 55 6d 42 8a 13 d0 d6 25 38 07
    c4 57 ec f0 01 07 6d 6f 70 73 79 02 12 69 2c 1f
    20 5f c0 81 b9 19 b9 51 95 f5 61 a5 81 04 06 c0
    a8 01 10 05 06 00 00 00 07 18 10 33 32 37 36 39
    34 33 30`)
  const reject = octets('03 03 00 14 a4 2f 4f ca 45 91 6c 4e 09 c8 34 0f 9e 74 6a a0')

  it('reads the challenge of the first request, and makes the same', () => {
    const first = packet(request)
    expect(verifyResponseAuthenticator(packet(challenge), secret, first.authenticator)).toBe(true)
    expect(text(readAttribute(packet(challenge), 'State'))).toBe('32769430')
    expect(
      encodeResponse({
        code: 11,
        request: first,
        secret,
        messageAuthenticator: false,
        attributes: [
          attribute('Reply-Message', 'Challenge 32769430.  Enter response at prompt.'),
          attribute('State', new TextEncoder().encode('32769430')),
        ],
      }),
    ).toEqual(challenge)
  })

  it('names the answer malformed as printed: its State claims six octets more than the packet has', () => {
    expect(decodePacket(answer)).toEqual({ ok: false, failure: 'attribute-overruns-packet' })
  })

  it('verifies the reject against the answer', () => {
    expect(verifyResponseAuthenticator(packet(reject), secret, answer.subarray(4, 20))).toBe(true)
  })
})
