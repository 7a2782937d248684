import { randomFillSync } from 'node:crypto'

import { describe, expect, it, test } from 'vitest'

import { attribute, readAttribute } from './attributes.ts'
import { describeAttributes } from './describe.ts'
import { readAttributeText, replyAttributes, withoutAttribute, type Hiding } from './reply-attributes.ts'
import { createSalts, revealSalted } from './salted.ts'
import { createSharedSecret } from './shared-secret.ts'
import { encodeTlvs } from './tlv.ts'
import { writeVendorValue } from './vendor.ts'

const secret = createSharedSecret('a secret of the tests')
const authenticator = new Uint8Array(16).fill(7)
const hiding: Hiding = { secret, authenticator, nextSalt: createSalts((octets) => void randomFillSync(octets)) }

describe('a value as a person writes it', () => {
  test.each([
    ['Filter-Id', 'staff', 'Filter-Id', 'staff'],
    ['Service-Type', 'Framed-User', 'Service-Type', 'Framed-User'],
    ['Service-Type', '2', 'Service-Type', 'Framed-User'],
    ['Session-Timeout', '3600', 'Session-Timeout', '3600'],
    ['Framed-IP-Address', '192.0.2.7', 'Framed-IP-Address', '192.0.2.7'],
    ['Framed-IPv6-Prefix', '2001:db8::/48', 'Framed-IPv6-Prefix', '2001:db8::/48'],
    ['Class', 'OU=staff;', 'Class', 'OU=staff;'],
    ['Class', '0x0001ff', 'Class', '0x0001ff'],
    ['ASA-Group-Policy', 'Grünes Netz', 'ASA-Group-Policy', 'Grünes Netz'],
    ['Fortinet-Group-Name', 'vpn', 'Fortinet-Group-Name', 'vpn'],
  ] as const)('%s %s', (name, text, shownName, shown) => {
    const read = readAttributeText(name, text)
    expect(read.ok && describeAttributes({ attributes: read.write(hiding) })).toEqual([
      { name: shownName, value: shown },
    ])
  })

  test.each([
    ['Filter-Id', '', 'empty'],
    ['Filter-Id', 'x'.repeat(254), 'too-long'],
    ['Cisco-AVPair', 'x'.repeat(248), 'too-long'],
    ['Service-Type', 'Nonsense', 'named-value'],
    ['Session-Timeout', '-1', 'integer'],
    ['Session-Timeout', '4294967296', 'integer'],
    ['Framed-IP-Address', '192.0.2', 'ipv4addr'],
    ['Framed-IPv6-Prefix', '2001:db8::', 'ipv6prefix'],
    ['Class', '0x0', 'hexadecimal'],
    ['Tunnel-Password', 'x'.repeat(240), 'too-long'],
  ] as const)('%s %s is refused as %s', (name, text, problem) => {
    expect(readAttributeText(name, text)).toEqual({ ok: false, problem })
  })

  it('carries its tag (RFC 2868 §3)', () => {
    const read = readAttributeText('Tunnel-Type', 'VLAN', 3)
    expect(read.ok && readAttribute({ attributes: read.write(hiding) }, 'Tunnel-Type')).toEqual({ tag: 3, value: 13 })
  })

  it('is hidden for the request that is answered (RFC 2868 §3.5)', () => {
    const read = readAttributeText('Tunnel-Password', 'between us', 1)
    const written = read.ok ? readAttribute({ attributes: read.write(hiding) }, 'Tunnel-Password') : undefined
    expect(written?.tag).toBe(1)
    const plain = revealSalted(written?.value ?? new Uint8Array(), secret, authenticator)
    expect(new TextDecoder().decode(plain)).toBe('between us')
  })
})

test('what belongs to requests, to the server or to keys is not offered', () => {
  const offered = new Set<string>(replyAttributes.flatMap(({ names }) => names))
  const kept = [
    'Filter-Id',
    'Class',
    'Tunnel-Password',
    'Cisco-AVPair',
    'Mikrotik-Group',
    'Reply-Message',
    'Framed-Pool',
  ]
  expect(kept.filter((name) => !offered.has(name))).toEqual([])
  const held = ['User-Password', 'State', 'Proxy-State', 'Message-Authenticator', 'EAP-Message', 'MS-MPPE-Send-Key']
  expect(
    [...held, 'MS-CHAP2-Success', 'NAS-Identifier', 'Vendor-Specific'].filter((name) => offered.has(name)),
  ).toEqual([])
})

test('an attribute is taken out of a packet, also from among others of its vendor', () => {
  const inner = (type: number, text: string) => ({ type, value: new TextEncoder().encode(text) })
  const data = encodeTlvs([inner(1, 'group'), inner(3, 'vdom')])
  const several = { type: 26, value: writeVendorValue({ vendorId: 12356, data }) }
  const attributes = [attribute('Class', new Uint8Array([1])), several, attribute('Fortinet-Group-Name', 'other')]
  expect(describeAttributes({ attributes: withoutAttribute(attributes, 'Fortinet-Group-Name') })).toEqual([
    { name: 'Class', value: '0x01' },
    { name: 'Fortinet-Vdom-Name', value: 'vdom' },
  ])
  expect(withoutAttribute(attributes, 'Class')).toHaveLength(2)
})
