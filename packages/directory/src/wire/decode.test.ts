/** Tests which messages of a server are taken for LDAP, to the last octet, and what is read in them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { entry, result } from '../../test/scripted-server.ts'
import { MalformedBer } from './ber.ts'
import { decodeResponse, type Response } from './decode.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

const end = { message: '', name: '', policy: {} }

const valid: readonly [string, Buffer, Response][] = [
  ['a successful bind', result(2, 0x61, 0), { messageId: 2, tag: 0x61, resultCode: 0, ...end }],
  ['a refused bind', result(300, 0x61, 49, 'nö'), { messageId: 300, tag: 0x61, resultCode: 49, ...end, message: 'nö' }],
  // Active Directory writes every length in five octets.
  [
    'a bind with long lengths',
    hex('30 84 00000010 020102 61 84 00000007 0a0100 0400 0400'),
    { messageId: 2, tag: 0x61, resultCode: 0, ...end },
  ],
  [
    'a bind with a referral, SASL credentials and a control that was not asked for',
    hex(
      '302d 020102 6113 0a010a 0400 0400 a308 0406 6c6461703a2f 8700 a013 3011 0406 312e322e3334 0101ff 0404 30028101',
    ),
    { messageId: 2, tag: 0x61, resultCode: 10, ...end },
  ],
  [
    'a bind with the password policy’s word',
    hex(
      '3037 020102 6107 0a0131 0400 0400 a029 3027 0419 312e332e362e312e342e312e34322e322e32372e382e352e31 010100 0407 3005 a003 810102',
    ),
    { messageId: 2, tag: 0x61, resultCode: 49, ...end, policy: { graceSignInsLeft: 2 } },
  ],
  ['an end of a search', result(3, 0x65, 4), { messageId: 3, tag: 0x65, resultCode: 4, ...end }],
  [
    'an entry',
    entry(3, 'cn=ä', { mail: 'a@example.test', cn: 'ä' }),
    { messageId: 3, tag: 0x64, entry: { dn: 'cn=ä', attributes: { mail: ['a@example.test'], cn: ['ä'] } } },
  ],
  [
    'an entry with several values of an attribute, and none of another',
    hex('301b 020103 6416 0400 3012 3009 0401 61 3104 0400 0400 3005 0401 62 3100'),
    { messageId: 3, tag: 0x64, entry: { dn: '', attributes: { a: ['', ''], b: [] } } },
  ],
  ['a reference', hex('300d 020103 7308 0406 6c6461703a2f'), { messageId: 3, tag: 0x73 }],
  ['an intermediate response', hex('300c 020103 7907 8001 31 8102 0000'), { messageId: 3, tag: 0x79 }],
  [
    'a notification',
    result(0, 0x78, 52, 'stopping'),
    { messageId: 0, tag: 0x78, resultCode: 52, ...end, message: 'stopping' },
  ],
  // RFC 4511 §4.4.1
  [
    'a notice of disconnection',
    hex('3024 020100 781f 0a0134 0400 0400 8a16 312e332e362e312e342e312e313436362e3230303336'),
    { messageId: 0, tag: 0x78, resultCode: 52, ...end, name: '1.3.6.1.4.1.1466.20036' },
  ],
]

test.each(valid)('%s is read', (_, bytes, response) => {
  expect(decodeResponse(bytes)).toEqual(response)
})

test.each(valid)('%s is refused with an octet less, at whatever place it ends, and with one more', (_, bytes) => {
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeResponse(bytes.subarray(0, length))).toThrow(MalformedBer)
    // The same with an outer length that claims nothing is missing.
    if (length < 2 || (bytes[1] ?? 0) > 0x7f) continue
    const cut = Buffer.from(bytes.subarray(0, length))
    cut[1] = length - 2
    const isWhole = () => decodeResponse(cut)
    if (length !== bytes.length - trailingControls(bytes)) expect(isWhole).toThrow(MalformedBer)
  }
  expect(() => decodeResponse(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(MalformedBer)
})

/** Controls may be missing altogether. */
function trailingControls(bytes: Buffer): number {
  const at = bytes.toString('hex').search(/a0(13|29)30/)
  return at < 0 ? 0 : bytes.length - at / 2
}

test.each([
  ['nothing after the message ID', '3003 020102', 'no response'],
  ['no message ID', '3002 6100', 'another kind'],
  ['an empty message ID', '300b 0200 6107 0a0100 0400 0400', 'number of no octets'],
  ['a message ID of five octets', '3010 02050000000002 6107 0a0100 0400 0400', 'number of no octets or too many'],
  ['a negative message ID', '300c 0201ff 6107 0a0100 0400 0400', 'negative'],
  ['a request', '300c 020102 6007 0a0100 0400 0400', 'no response'],
  ['a response without a result code', '3005 020102 6100', 'less'],
  ['an empty result code', '300b 020102 6106 0a00 0400 0400', 'number of no'],
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
  const check = () => decodeResponse(bytes)
  expect(check).toThrow(MalformedBer)
  expect(check).toThrow(new RegExp(fault))
})

test('an attribute is never taken for a property that every object has', () => {
  const response = decodeResponse(hex('3018 020103 6413 0400 300f 300d 0409 5f5f70726f746f5f5f 3100'))
  const attributes = 'entry' in response ? response.entry.attributes : undefined
  expect(Object.keys(attributes ?? {})).toEqual(['__proto__'])
  expect(attributes?.['constructor']).toBeUndefined()
})

test('a diagnostic message of any length is kept short', () => {
  const response = decodeResponse(result(2, 0x61, 1, ' '.repeat(1_000_000)))
  expect(response).toMatchObject({ resultCode: 1, message: ' '.repeat(1_000) })
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
  expect(decodeResponse(around(nested(16)))).toMatchObject({ resultCode: 0 })
  expect(() => decodeResponse(around(nested(18)))).toThrow('nested too deep')
  expect(() => decodeResponse(around(Buffer.alloc(600_000, hex('8500'))))).toThrow('too many elements')
})

test('whatever comes, the reading ends, and fails by name only', () => {
  const octets = fc.oneof(fc.constantFrom(...hex('30 02 01 04 0a 31 61 64 65 a0 a3 00 03 05 07 80 84 ff')), fc.nat(255))
  fc.assert(
    fc.property(fc.array(octets, { maxLength: 64 }), (bytes) => {
      try {
        decodeResponse(Buffer.from(bytes))
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedBer)
      }
    }),
    { numRuns: 5_000 },
  )
})
