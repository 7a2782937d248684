/** Descriptions for a trace: readable, complete, and without secrets. */
import { expect, it } from 'vitest'

import { attribute, attributes } from './attributes.ts'
import { describeAttributes } from './describe.ts'
import { dictionary, type AttributeName } from './dictionary/index.ts'
import type { Attribute } from './packet.ts'
import { vendorAttribute } from './vendor.ts'

const lines = (...list: readonly Attribute[]) =>
  describeAttributes({ attributes: list }).map(({ name, value }) => `${name} = ${value}`)

it('names what it knows, and numbers what it does not', () => {
  expect(
    lines(
      attribute('User-Name', 'alice'),
      attribute('NAS-Port-Type', 'Virtual'),
      attribute('NAS-Port-Type', 4711),
      attribute('Event-Timestamp', 0),
      attribute('State', new TextEncoder().encode('Zm9v')),
      attribute('Class', Uint8Array.of(0, 1)),
      attribute('Tunnel-Type', { tag: 1, value: 'L2TP' }),
      attribute('MS-Primary-DNS-Server', '192.0.2.53'),
      attribute('Original-Packet-Code', 1),
      vendorAttribute(99_999, 1, new TextEncoder().encode('x')),
      { type: 200, value: Uint8Array.of(0xab) },
      { type: 242, value: Uint8Array.of(7, 0xab) },
      { type: 5, value: Uint8Array.of(1) },
      { type: 26, value: Uint8Array.of(1, 2, 3) },
      { type: 245, value: Uint8Array.of(1) },
    ),
  ).toEqual([
    'User-Name = alice',
    'NAS-Port-Type = Virtual',
    'NAS-Port-Type = 4711',
    'Event-Timestamp = 1970-01-01T00:00:00.000Z',
    'State = Zm9v',
    'Class = 0x0001',
    'Tunnel-Type:1 = L2TP',
    'MS-Primary-DNS-Server = 192.0.2.53',
    'Original-Packet-Code = 1',
    'Vendor-99999-Attribute-1 = 0x78',
    'Attribute-200 = 0xab',
    'Attribute-242.7 = 0xab',
    'NAS-Port = 0x01',
    'Vendor-Specific = 0x010203',
    'Attribute-245 = 0x01',
  ])
})

it('escapes control characters, which could forge lines of a log', () => {
  expect(lines(attribute('Reply-Message', 'a\nb\u0000'))).toEqual(['Reply-Message = a\\x0ab\\x00'])
})

it.each((Object.keys(dictionary) as AttributeName[]).filter((name) => 'concealment' in dictionary[name]))(
  'masks %s',
  (name) => {
    const value = Uint8Array.from({ length: 20 }, () => 0x41)
    const make = attributes as (name: AttributeName, value: unknown) => readonly Attribute[]
    const isText = dictionary[name].dataType === 'text'
    const plain = isText ? 'AAAA' : value
    const written = make(name, dictionary[name].tagged ? { tag: 1, value: plain } : plain)
    expect(lines(...written)).toEqual([`${name} = ••••`])
  },
)
