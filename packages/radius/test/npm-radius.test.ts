/** Our codec and the npm package `radius`, both directions. */
import radius from 'radius'
import { describe, expect, it } from 'vitest'

import {
  attribute,
  createSharedSecret,
  decodePacket,
  encodeRequest,
  encodeResponse,
  hideUserPassword,
  readAttribute,
  readAttributes,
  readUserPassword,
  readVendorAttributes,
  vendorAttribute,
  verifyMessageAuthenticator,
  verifyRequestAuthenticator,
  verifyResponseAuthenticator,
  type Packet,
} from '../src/index.ts'

const key = 'a shared secret'
const secret = createSharedSecret(key)

function packet(bytes: Uint8Array): Packet {
  const decoded = decodePacket(bytes)
  if (!decoded.ok) throw new Error(decoded.failure)
  return decoded.packet
}

describe('what the peer encodes', () => {
  it('we read: an Access-Request with a password of 40 octets, and a Message-Authenticator', () => {
    const bytes = radius.encode({
      code: 'Access-Request',
      secret: key,
      identifier: 77,
      attributes: [
        ['User-Name', 'alice'],
        ['User-Password', 'a password that needs three blocks of 16'],
        ['NAS-IP-Address', '192.0.2.1'],
        ['NAS-Port', 5],
        ['Service-Type', 'Framed-User'],
        ['Tunnel-Type', 1, 'L2TP'],
        ['Vendor-Specific', 'ADSL-Forum', [['ADSL-Agent-Circuit-Id', Buffer.from('circuit')]]],
      ],
      add_message_authenticator: true,
    })
    const request = packet(bytes)
    expect(request.identifier).toBe(77)
    expect(verifyMessageAuthenticator(request, secret)).toBe('valid')
    expect(readAttribute(request, 'User-Name')).toBe('alice')
    expect(Buffer.from(readUserPassword(request, secret) ?? []).toString()).toBe(
      'a password that needs three blocks of 16',
    )
    expect(readAttribute(request, 'NAS-IP-Address')).toBe('192.0.2.1')
    expect(readAttribute(request, 'NAS-Port')).toBe(5)
    expect(readAttribute(request, 'Service-Type')).toBe(2)
    expect(readAttribute(request, 'Tunnel-Type')).toEqual({ tag: 1, value: 3 })
    const vendor = request.attributes.filter(({ type }) => type === 26).map((each) => readVendorAttributes(each, 3561))
    expect(vendor).toEqual([[{ type: 1, value: new TextEncoder().encode('circuit') }]])
  })

  it('we verify: Accounting-Request and CoA-Request', () => {
    for (const code of ['Accounting-Request', 'CoA-Request', 'Disconnect-Request']) {
      const request = packet(radius.encode({ code, secret: key, attributes: [['Acct-Session-Id', '17']] }))
      expect(verifyRequestAuthenticator(request, secret)).toBe(true)
      expect(verifyRequestAuthenticator(request, createSharedSecret('other'))).toBe(false)
    }
  })

  it('we verify: its response to our request', () => {
    const ours = encodeRequest({ code: 1, identifier: 1, secret, attributes: [attribute('User-Name', 'alice')] })
    const response = packet(
      radius.encode_response({
        packet: radius.decode({ packet: Buffer.from(ours), secret: key }),
        code: 'Access-Challenge',
        secret: key,
        attributes: [
          ['Reply-Message', 'one'],
          ['Reply-Message', 'two'],
        ],
      }),
    )
    const { authenticator } = packet(ours)
    expect(verifyResponseAuthenticator(response, secret, authenticator)).toBe(true)
    expect(verifyMessageAuthenticator(response, secret, authenticator)).toBe('valid')
    expect(readAttributes(response, 'Reply-Message')).toEqual(['one', 'two'])
  })
})

describe('what we encode', () => {
  it('the peer reads: an Access-Request with a hidden password, and a Message-Authenticator', () => {
    const authenticator = Uint8Array.from({ length: 16 }, (_, index) => index * 3)
    const bytes = encodeRequest({
      code: 1,
      identifier: 9,
      authenticator,
      secret,
      attributes: [
        attribute('User-Name', 'bob'),
        attribute('User-Password', hideUserPassword('sesame, open the door', secret, authenticator)),
        attribute('NAS-IP-Address', '192.0.2.1'),
        attribute('Service-Type', 'Login-User'),
        attribute('Tunnel-Medium-Type', { tag: 3, value: 'IPv6' }),
        vendorAttribute(3561, 1, Buffer.from('circuit')),
      ],
    })
    const read = radius.decode({ packet: Buffer.from(bytes), secret: key })
    expect(read).toMatchObject({
      code: 'Access-Request',
      identifier: 9,
      attributes: {
        'User-Name': 'bob',
        'User-Password': 'sesame, open the door',
        'NAS-IP-Address': '192.0.2.1',
        'Service-Type': 'Login-User',
        'Tunnel-Medium-Type': [3, 'IPv6'],
        'Vendor-Specific': { 'ADSL-Agent-Circuit-Id': 'circuit' },
      },
    })
    expect(() => radius.decode({ packet: Buffer.from(bytes), secret: 'other' })).toThrow('mismatch')
  })

  it('the peer verifies: accounting, and responses to its requests', () => {
    const accounting = encodeRequest({
      code: 4,
      identifier: 1,
      secret,
      attributes: [attribute('Acct-Status-Type', 'Stop')],
    })
    expect(radius.decode({ packet: Buffer.from(accounting), secret: key }).attributes).toEqual({
      'Acct-Status-Type': 'Stop',
    })

    for (const messageAuthenticator of [true, false]) {
      const request = radius.encode({
        code: 'Access-Request',
        secret: key,
        attributes: [['User-Name', 'alice']],
        add_message_authenticator: messageAuthenticator,
      })
      const response = encodeResponse({
        code: 2,
        request: packet(request),
        secret,
        messageAuthenticator,
        attributes: [attribute('Reply-Message', 'Welcome')],
      })
      const verify = (by: string) => radius.verify_response({ request, response: Buffer.from(response), secret: by })
      expect(verify(key)).toBe(true)
      if (!messageAuthenticator) expect(verify('other')).toBe(false)
    }
  })
})
