/** Extended attributes as RFC 6929 §9 writes them, both directions, and the ways in which they can be malformed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { attributes, readAttribute } from './attributes.ts'
import { extendedAttribute, readExtendedAttributes, readExtendedVendorValue } from './extended.ts'
import type { Attribute } from './packet.ts'
import { encodeTlvs } from './tlv.ts'

const octets = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))
const text = (value: string) => new TextEncoder().encode(value)
const wire = (list: readonly Attribute[]) => Buffer.from(encodeTlvs(list)).toString('hex')
const hex = (spaced: string) => spaced.replaceAll(/\s/g, '')

describe('RFC 6929 §9', () => {
  it.each([
    ['241.1 "bob"', 241, 1, text('bob'), 'f1 06 01 62 6f 62'],
    ['241.2 {1 23 45} {2 67 89}', 241, 2, octets('01 04 23 45 02 04 67 89'), 'f1 0b 02 01 04 23 45 02 04 67 89'],
    ['241.26.1.4 "test"', 241, 26, octets('00 00 00 01 04 74 65 73 74'), 'f1 0c 1a 00 00 00 01 04 74 65 73 74'],
    ['245.1 "bob"', 245, 1, text('bob'), 'f5 07 01 00 62 6f 62'],
    ['245.26.1.4 "test"', 245, 26, octets('00 00 00 01 04 74 65 73 74'), 'f5 0d 1a 00 00 00 00 01 04 74 65 73 74'],
  ])('%s', (_name, type, extendedType, value, encoded) => {
    const made = extendedAttribute({ type, extendedType, value })
    expect(wire(made)).toBe(hex(encoded))
    expect(readExtendedAttributes(made)).toEqual([{ type, extendedType, value }])
  })

  it('fragments what is long, with the More flag on all but the last', () => {
    const value = new Uint8Array(256).fill(0x78)
    const made = extendedAttribute({ type: 245, extendedType: 1, value })
    expect(wire(made)).toBe(`f5ff0180${'78'.repeat(251)}f5090100${'78'.repeat(5)}`)
    expect(readExtendedAttributes(made)).toEqual([{ type: 245, extendedType: 1, value }])
  })

  it('reads a vendor’s long attribute, whose header is in the first fragment alone', () => {
    const data = new Uint8Array(600).fill(0xaa)
    const made = attributes('Extended-Vendor-Specific-5', { vendorId: 311, vendorType: 6, data })
    expect(made).toHaveLength(3)
    expect(readAttribute({ attributes: made }, 'Extended-Vendor-Specific-5')).toEqual({
      vendorId: 311,
      vendorType: 6,
      data,
    })
  })
})

describe('a long attribute', () => {
  it('comes back, whatever its length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1200 }), (value) => {
        expect(readExtendedAttributes(extendedAttribute({ type: 246, extendedType: 9, value }))).toEqual([
          { type: 246, extendedType: 9, value },
        ])
      }),
    )
  })

  const fragment = (extendedType: number, flags: number, ...value: number[]): Attribute => ({
    type: 245,
    value: Uint8Array.of(extendedType, flags, ...value),
  })

  it('is left out when its next fragment never comes (RFC 6929 §2.8)', () => {
    expect(readExtendedAttributes([fragment(1, 0x80, 1)])).toEqual([])
    expect(readExtendedAttributes([fragment(1, 0x80, 1), { type: 1, value: text('bob') }])).toEqual([])
  })

  it('does not swallow a fragment of another', () => {
    expect(readExtendedAttributes([fragment(1, 0x80, 1), fragment(2, 0, 2)])).toEqual([
      { type: 245, extendedType: 2, value: Uint8Array.of(2) },
    ])
    const between: Attribute = { type: 1, value: text('bob') }
    expect(readExtendedAttributes([fragment(1, 0x80, 1), between, fragment(1, 0, 2)])).toEqual([
      { type: 245, extendedType: 1, value: Uint8Array.of(2) },
    ])
  })

  it('is left out without its header', () => {
    expect(readExtendedAttributes([{ type: 245, value: Uint8Array.of(1) }])).toEqual([])
    expect(readExtendedAttributes([{ type: 241, value: new Uint8Array(0) }])).toEqual([])
    expect(readExtendedVendorValue(new Uint8Array(4))).toBeUndefined()
  })
})

it('refuses what cannot be extended', () => {
  expect(() => extendedAttribute({ type: 240, extendedType: 1, value: text('x') })).toThrow(RangeError)
  expect(() => extendedAttribute({ type: 241, extendedType: 1, value: new Uint8Array(253) })).toThrow(RangeError)
})
