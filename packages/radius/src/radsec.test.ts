/** Names in a certificate, read from the text that Node makes of them. */
import { describe, expect, it } from 'vitest'

import { alternativeNames } from './radsec.ts'

describe('alternative names', () => {
  it('are read one by one, in their order', () => {
    expect(alternativeNames('DNS:vpn1.example, IP Address:2001:DB8:0:0:0:0:0:1, URI:urn:vpn')).toEqual([
      { kind: 'DNS', value: 'vpn1.example' },
      { kind: 'IP Address', value: '2001:DB8:0:0:0:0:0:1' },
      { kind: 'URI', value: 'urn:vpn' },
    ])
    expect(alternativeNames('')).toEqual([])
  })

  it('do not become two by a comma inside one (CVE-2021-44532)', () => {
    expect(alternativeNames(String.raw`DNS:"a, DNS:evil.example", DNS:b`)).toEqual([
      { kind: 'DNS', value: 'a, DNS:evil.example' },
      { kind: 'DNS', value: 'b' },
    ])
  })
})
