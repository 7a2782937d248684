import { describe, expect, test } from 'vitest'

import { ClientTable } from './client-table.ts'

const table = new ClientTable([
  { address: '192.0.2.0/24', client: 'office' },
  { address: '192.0.2.128/25', client: 'annexe' },
  { address: '192.0.2.200', client: 'gateway' },
  { address: '2001:db8::/32', client: 'six' },
  { address: '2001:db8:0:1::/61', client: 'six-nearer' },
])

describe('the client of a source address', () => {
  test.each([
    ['192.0.2.1', 'office'],
    ['192.0.2.127', 'office'],
    ['192.0.2.129', 'annexe'],
    ['192.0.2.200', 'gateway'],
    ['::ffff:192.0.2.200', 'gateway'],
    ['2001:db8:ffff::1', 'six'],
    ['2001:db8:0:7::1', 'six-nearer'],
    ['2001:db8:0:8::1', 'six'],
  ])('%s belongs to %s, by the longest prefix', (address, client) => {
    expect(table.find(address)).toBe(client)
    expect(table.find(address)).toBe(client)
  })

  test.each(['192.0.3.1', '198.51.100.1', '2001:db9::1', 'fe80::1%eth0', 'nonsense', ''])(
    '%s belongs to nobody',
    (address) => {
      expect(table.find(address)).toBeUndefined()
    },
  )

  test('a prefix of length zero holds every address of its family and none of the other', () => {
    const any = new ClientTable([{ address: '0.0.0.0/0', client: 'any' }])
    expect(any.find('203.0.113.9')).toBe('any')
    expect(any.find('2001:db8::1')).toBeUndefined()
  })
})
