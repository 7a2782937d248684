/** Addresses and prefixes: RFC 5952's examples, and both directions. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { formatIpv4, formatIpv6, parseIpv4, parseIpv6, readPrefix, writePrefix } from './addresses.ts'

describe('IPv6 addresses', () => {
  it.each([
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1'],
    ['2001:db8::1:0:0:1', '2001:db8:0:0:1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:0db8::1:1:1:1:1'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['::1', '0::1'],
    ['::ffff:c000:201', '::ffff:192.0.2.1'],
    ['1::', '1:0:0::0'],
    ['fe80::aaaa', 'FE80::AAAA'],
  ])('are written as RFC 5952 says: %s', (canonical, other) => {
    const octets = parseIpv6(other)
    expect(octets).toHaveLength(16)
    expect(octets && formatIpv6(octets)).toBe(canonical)
    expect(parseIpv6(canonical)).toEqual(octets)
  })

  it('come back, whatever they are', () => {
    const groups = fc.array(fc.constantFrom(0, 0, 1, 0xdb8, 0xffff), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(groups, (list) => {
        const octets = Uint8Array.from(list.flatMap((group) => [group >> 8, group & 0xff]))
        expect(parseIpv6(formatIpv6(octets))).toEqual(octets)
      }),
    )
  })

  it.each(['', '1.2.3.4', ':::', '1::2::3', 'fe80::1%eth0', '12345::'])('are not %j', (text) => {
    expect(parseIpv6(text)).toBeUndefined()
  })
})

describe('IPv4 addresses', () => {
  it('are four numbers', () => {
    expect(parseIpv4('192.0.2.255')).toEqual(Uint8Array.of(192, 0, 2, 255))
    expect(formatIpv4(Uint8Array.of(192, 0, 2, 255))).toBe('192.0.2.255')
    for (const text of ['1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4 ']) expect(parseIpv4(text)).toBeUndefined()
  })
})

describe('prefixes (RFC 8044 §3.10, §3.11)', () => {
  it('send only the octets that an IPv6 prefix needs, and all of IPv4', () => {
    expect(writePrefix('2001:db8::/32', 16)).toEqual(Uint8Array.of(0, 32, 0x20, 0x01, 0x0d, 0xb8))
    expect(writePrefix('::/0', 16)).toEqual(Uint8Array.of(0, 0))
    expect(writePrefix('192.0.2.0/24', 4)).toEqual(Uint8Array.of(0, 24, 192, 0, 2, 0))
  })

  it('are read with or without the octets that are zero anyway', () => {
    expect(readPrefix(Uint8Array.of(0, 32, 0x20, 0x01, 0x0d, 0xb8), 16)).toBe('2001:db8::/32')
    expect(readPrefix(Uint8Array.of(0, 32, 0x20, 0x01, 0x0d, 0xb8, 0, 0), 16)).toBe('2001:db8::/32')
    expect(readPrefix(Uint8Array.of(0, 24, 192, 0, 2, 0), 4)).toBe('192.0.2.0/24')
  })

  it.each([
    [[0], 16],
    [[0, 129, 1], 16],
    [[0, 32, 1, 2, 3], 16],
    [[0, 32, 1, 2, 3, 4, 5], 16],
    [[0, 24, 1, 2, 3], 4],
    [[0, 33, 1, 2, 3, 4], 4],
    [new Array<number>(19).fill(0), 16],
  ] as const)('are not %j', (octets, length) => {
    expect(readPrefix(Uint8Array.from(octets), length)).toBeUndefined()
  })

  it.each(['2001:db8::/129', '2001:db8::1/32', '2001:db8::', '/64', 'x/64', '192.0.2.0/24'])('are not %j', (text) => {
    expect(writePrefix(text, 16)).toBeUndefined()
  })
})
