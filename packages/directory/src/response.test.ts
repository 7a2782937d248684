/** Tests which messages of a server are taken for LDAP, to the last octet. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { entry, result } from '../test/scripted-server.ts'
import { MalformedBer } from './ber.ts'
import { checkResponse } from './response.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

const valid: readonly [string, Buffer, ReturnType<typeof checkResponse>][] = [
  ['a successful bind', result(2, 0x61, 0), { messageId: 2, tag: 0x61, resultCode: 0 }],
  ['a refused bind', result(300, 0x61, 49, 'no'), { messageId: 300, tag: 0x61, resultCode: 49 }],
  // Active Directory writes every length in five octets.
  [
    'a bind with long lengths',
    hex('30 84 00000010 020102 61 84 00000007 0a0100 0400 0400'),
    { messageId: 2, tag: 0x61, resultCode: 0 },
  ],
  [
    'a bind with a referral, SASL credentials and a password policy control',
    hex(
      '302d 020102 6113 0a010a 0400 0400 a308 0406 6c6461703a2f 8700 a013 3011 0406 312e322e3334 0101ff 0404 30028101',
    ),
    { messageId: 2, tag: 0x61, resultCode: 10 },
  ],
  ['an end of a search', result(3, 0x65, 4), { messageId: 3, tag: 0x65, resultCode: 4 }],
  [
    'an entry',
    entry(3, 'cn=a', { mail: 'a@example.test', cn: 'a' }),
    { messageId: 3, tag: 0x64, resultCode: undefined },
  ],
  ['a reference', hex('300d 020103 7308 0406 6c6461703a2f'), { messageId: 3, tag: 0x73, resultCode: undefined }],
  ['a notification', result(0, 0x78, 52, 'stopping'), { messageId: 0, tag: 0x78, resultCode: 52 }],
]

test.each(valid)('%s is read', (_, bytes, response) => {
  expect(checkResponse(bytes)).toEqual(response)
})

test.each(valid)('%s is refused with an octet less, at whatever place it ends, and with one more', (_, bytes) => {
  for (let length = 0; length < bytes.length; length++) {
    expect(() => checkResponse(bytes.subarray(0, length))).toThrow(MalformedBer)
    // The same with an outer length that claims nothing is missing.
    if (length < 2 || (bytes[1] ?? 0) > 0x7f) continue
    const cut = Buffer.from(bytes.subarray(0, length))
    cut[1] = length - 2
    const isWhole = () => checkResponse(cut)
    if (length !== bytes.length - trailingControls(bytes)) expect(isWhole).toThrow(MalformedBer)
  }
  expect(() => checkResponse(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(MalformedBer)
})

/** Controls may be missing altogether. */
function trailingControls(bytes: Buffer): number {
  const at = bytes.indexOf(hex('a0 13 30'))
  return at < 0 ? 0 : bytes.length - at
}

test.each([
  ['nothing after the message ID', '3003 020102', 'no response'],
  ['no message ID', '3002 6100', 'another kind'],
  ['an empty message ID', '300b 0200 6107 0a0100 0400 0400', 'number of no octets'],
  ['a message ID of five octets', '3010 02050000000002 6107 0a0100 0400 0400', 'number of no octets or too many'],
  ['a negative message ID', '300c 0201ff 6107 0a0100 0400 0400', 'negative'],
  ['a request', '300c 020102 6007 0a0100 0400 0400', 'no response'],
  ['a response without a result code, which the client library takes for success', '3005 020102 6100', 'less'],
  [
    'an empty result code, which the client library takes for success',
    '300b 020102 6106 0a00 0400 0400',
    'number of no',
  ],
  ['a result code of five octets', '3010 020102 610b 0a050000000000 0400 0400', 'too many'],
  ['an indefinite length', '3080 020102 6107 0a0100 0400 0400 0000', 'indefinite'],
  ['an indefinite length below', '300e 020102 6180 0a0100 0400 0400 0000', 'indefinite'],
  ['a length of five octets', '3085000000000c 020102 6107 0a0100 0400 0400', 'more than four'],
  ['a length that would be negative in 32 bits', '300f 020102 6107 0a0100 0484ffffffff 00', 'longer'],
  ['a string that overruns its operation', '300c 020102 6107 0a0100 0400 0401', 'longer'],
  ['an operation that overruns its message', '300c 020102 6108 0a0100 0400 0400', 'longer'],
  ['a tag of several octets', '3010 020102 610b 0a0100 0400 0400 9f810000', 'several octets'],
  ['controls inside the operation', '300e 020102 6109 0a0100 0400 0400 a000', 'wrong place'],
  ['a control with an element too many', '3017 020102 6107 0a0100 0400 0400 a009 3007 0400 0400 040104', 'more'],
  ['an attribute without values', '300d 020102 6408 0400 3004 3002 0400', 'less'],
  ['an attribute with an element too many', '3011 020102 640c 0400 3008 3006 0400 3100 0400', 'more'],
  ['something behind the controls', '3010 020102 6107 0a0100 0400 0400 a000 0400', 'more'],
])('%s is refused', (_, text, fault) => {
  const bytes = hex(text)
  const check = () => checkResponse(bytes)
  expect(check).toThrow(MalformedBer)
  expect(check).toThrow(new RegExp(fault))
})

test('elements nested too deep are refused, and so are more than an honest server sends', () => {
  const nested = (depth: number): Buffer => {
    let bytes = Buffer.alloc(0)
    for (let level = 0; level < depth; level++) bytes = Buffer.concat([Buffer.of(0xab, bytes.length), bytes])
    return bytes
  }
  const around = (extra: Buffer) => {
    const operation = Buffer.concat([hex('0a0100 0400 0400'), extra])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(operation.length)
    const body = Buffer.concat([hex('020102 61 84'), length, operation])
    const whole = Buffer.alloc(4)
    whole.writeUInt32BE(body.length)
    return Buffer.concat([hex('3084'), whole, body])
  }
  expect(checkResponse(around(nested(16)))).toMatchObject({ resultCode: 0 })
  expect(() => checkResponse(around(nested(18)))).toThrow('nested too deep')
  expect(() => checkResponse(around(Buffer.alloc(600_000, hex('8500'))))).toThrow('too many elements')
})

test('whatever comes, the check ends, and fails by name only', () => {
  const octets = fc.oneof(fc.constantFrom(...hex('30 02 01 04 0a 31 61 64 65 a0 a3 00 03 05 07 80 84 ff')), fc.nat(255))
  fc.assert(
    fc.property(fc.array(octets, { maxLength: 64 }), (bytes) => {
      try {
        checkResponse(Uint8Array.from(bytes))
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedBer)
      }
    }),
    { numRuns: 5_000 },
  )
})
