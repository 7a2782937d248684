/** Attributes by name: every data type, tags, vendors, long values, and values that are none. */
import { describe, expect, expectTypeOf, it } from 'vitest'

import { attribute, attributes, readAttribute, readAttributes, readOctets } from './attributes.ts'
import type { AttributeName } from './dictionary/index.ts'
import type { Attribute } from './packet.ts'
import { vendorAttribute } from './vendor.ts'

const packet = (...list: readonly Attribute[]) => ({ attributes: list })
const hex = (made: Attribute) => `${made.type}:${Buffer.from(made.value).toString('hex')}`

describe('a name', () => {
  it('implies the type of its value', () => {
    expectTypeOf(readAttribute(packet(), 'User-Name')).toEqualTypeOf<string | undefined>()
    expectTypeOf(readAttribute(packet(), 'NAS-Port')).toEqualTypeOf<number | undefined>()
    expectTypeOf(readAttribute(packet(), 'State')).toEqualTypeOf<Uint8Array | undefined>()
    expectTypeOf(readAttributes(packet(), 'Tunnel-Type')).toEqualTypeOf<
      readonly { readonly tag: number; readonly value: number }[]
    >()
    // @ts-expect-error: a number is no name of a user
    expect(() => attribute('User-Name', 5)).not.toThrow()
    // @ts-expect-error: no such service
    expect(() => attribute('Service-Type', 'Framed')).toThrow(RangeError)
  })

  it.each<[string, () => Attribute, string]>([
    ['text', () => attribute('User-Name', 'é'), '1:c3a9'],
    ['integer', () => attribute('NAS-Port', 0xffffffff), '5:ffffffff'],
    ['enum by name', () => attribute('Service-Type', 'Framed-User'), '6:00000002'],
    ['enum by number', () => attribute('Service-Type', 99), '6:00000063'],
    ['time', () => attribute('Event-Timestamp', 0x01020304), '55:01020304'],
    ['IPv4 address', () => attribute('Framed-IP-Address', '192.0.2.1'), '8:c0000201'],
    ['IPv6 prefix', () => attribute('Framed-IPv6-Prefix', '2001:db8::/32'), '97:002020010db8'],
    [
      'interface id',
      () => attribute('Framed-Interface-Id', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)),
      '96:0102030405060708',
    ],
    ['tagged enum', () => attribute('Tunnel-Type', { tag: 1, value: 'L2TP' }), '64:01000003'],
    ['tagged text', () => attribute('Tunnel-Private-Group-Id', { tag: 2, value: '42' }), '81:023432'],
    ['vendor', () => attribute('MS-Primary-DNS-Server', '192.0.2.53'), '26:000001371c06c0000235'],
    ['extended', () => attribute('Original-Packet-Code', 1), '241:0400000001'],
    [
      'vendor octets',
      () => attribute('Vendor-Specific', { vendorId: 9, data: Uint8Array.of(1, 2) }),
      '26:000000090102',
    ],
  ])('writes %s', (_type, make, written) => {
    expect(hex(make())).toBe(written)
  })

  it('reads what it wrote', () => {
    const roundTrip = packet(
      attribute('User-Name', 'alice'),
      attribute('NAS-IPv6-Address', '2001:db8::1'),
      attribute('Tunnel-Type', { tag: 3, value: 'VLAN' }),
      attribute('Tunnel-Client-Endpoint', { tag: 0, value: '192.0.2.1' }),
      attribute('MS-CHAP-Challenge', Uint8Array.of(1, 2)),
      attribute('Frag-Status', 2),
      attribute('Vendor-Specific', { vendorId: 9, data: Uint8Array.of(1, 3, 65) }),
    )
    expect(readAttribute(roundTrip, 'User-Name')).toBe('alice')
    expect(readAttribute(roundTrip, 'NAS-IPv6-Address')).toBe('2001:db8::1')
    expect(readAttribute(roundTrip, 'Tunnel-Type')).toEqual({ tag: 3, value: 13 })
    expect(readAttribute(roundTrip, 'Tunnel-Client-Endpoint')).toEqual({ tag: 0, value: '192.0.2.1' })
    expect(readAttribute(roundTrip, 'MS-CHAP-Challenge')).toEqual(Uint8Array.of(1, 2))
    expect(readAttribute(roundTrip, 'Frag-Status')).toBe(2)
    expect(readAttributes(roundTrip, 'Vendor-Specific')).toHaveLength(2)
    expect(readAttribute(roundTrip, 'NAS-Identifier')).toBeUndefined()
  })
})

describe('a tag (RFC 2868 §3)', () => {
  const group = (...value: number[]) =>
    readAttribute(packet({ type: 81, value: Uint8Array.from(value) }), 'Tunnel-Private-Group-Id')

  it('is not an octet above 31: that is text already', () => {
    expect(group(0x1f, 65)).toEqual({ tag: 31, value: 'A' })
    expect(group(0x20, 65)).toEqual({ tag: 0, value: ' A' })
  })

  it('is always there before Tunnel-Password, whatever its octet (§3.5)', () => {
    const value = Uint8Array.of(0x41, 0x80, 1)
    expect(readAttribute(packet({ type: 69, value }), 'Tunnel-Password')).toEqual({
      tag: 0,
      value: Uint8Array.of(0x80, 1),
    })
  })

  it('leaves 24 bits to an integer, and goes to 31', () => {
    expect(() => attribute('Tunnel-Preference', { tag: 1, value: 0x1000000 })).toThrow(RangeError)
    expect(() => attribute('Tunnel-Preference', { tag: 32, value: 1 })).toThrow(RangeError)
    expect(readAttribute(packet({ type: 83, value: Uint8Array.of(0x99, 0, 0, 7) }), 'Tunnel-Preference')).toEqual({
      tag: 0,
      value: 7,
    })
  })
})

describe('long values', () => {
  it('of EAP-Message continue over attributes of its type (RFC 3579 §3.1)', () => {
    const value = Uint8Array.from({ length: 600 }, (_, index) => index)
    const parts = attributes('EAP-Message', value)
    expect(parts.map((part) => part.value.length)).toEqual([253, 253, 94])
    expect(readAttribute(packet(...parts), 'EAP-Message')).toEqual(value)
    expect(() => attribute('EAP-Message', value)).toThrow('more than one')
  })

  it('of other attributes are refused', () => {
    expect(() => attribute('Reply-Message', 'x'.repeat(254))).toThrow('253')
    expect(() => attribute('MS-CHAP2-Success', new Uint8Array(248))).toThrow('247')
  })
})

describe('invalid values', () => {
  it.each<[AttributeName, Attribute]>([
    ['NAS-Port', { type: 5, value: Uint8Array.of(1, 2, 3) }],
    ['NAS-IP-Address', { type: 4, value: new Uint8Array(5) }],
    ['User-Name', { type: 1, value: Uint8Array.of(0xff) }],
    ['Tunnel-Type', { type: 64, value: new Uint8Array(3) }],
    ['Vendor-Specific', { type: 26, value: new Uint8Array(4) }],
    ['Framed-Interface-Id', { type: 96, value: new Uint8Array(7) }],
  ])('of %s are read as absent, and their octets can still be had', (name, invalid) => {
    expect(readAttribute(packet(invalid), name)).toBeUndefined()
    expect(readOctets(packet(invalid), name)).toEqual(invalid.value)
  })

  it('are passed over for a valid one behind them', () => {
    const bad: Attribute = { type: 5, value: new Uint8Array(1) }
    expect(readAttribute(packet(bad, attribute('NAS-Port', 7)), 'NAS-Port')).toBe(7)
  })

  it('are not written', () => {
    expect(() => attribute('NAS-Port', -1)).toThrow(RangeError)
    expect(() => attribute('NAS-Port', 1.5)).toThrow(RangeError)
    expect(() => attribute('NAS-IP-Address', '1.2.3')).toThrow(RangeError)
    expect(() => attribute('Framed-Interface-Id', new Uint8Array(7))).toThrow(RangeError)
  })
})

describe('vendor attributes (RFC 2865 §5.26)', () => {
  it('may share one Vendor-Specific, and another vendor’s are not read', () => {
    const two = { type: 26, value: Uint8Array.of(0, 0, 1, 0x37, 28, 6, 1, 1, 1, 1, 29, 6, 2, 2, 2, 2) }
    const foreign = vendorAttribute(9, 28, Uint8Array.of(9, 9, 9, 9))
    expect(readAttribute(packet(foreign, two), 'MS-Primary-DNS-Server')).toBe('1.1.1.1')
    expect(readAttribute(packet(foreign, two), 'MS-Secondary-DNS-Server')).toBe('2.2.2.2')
  })

  it('are passed over when malformed', () => {
    const overrun = { type: 26, value: Uint8Array.of(0, 0, 1, 0x37, 28, 7, 1, 1, 1, 1) }
    expect(readAttribute(packet(overrun), 'MS-Primary-DNS-Server')).toBeUndefined()
  })
})
