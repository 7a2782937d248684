import { describe, expect, test } from 'vitest'

import { ClientTable } from './client-table.ts'

const nothing = () => undefined
const unnamed = (address: string, client: string) => ({ address, nasIdentifier: '', client })

const table = new ClientTable([
  unnamed('192.0.2.0/24', 'office'),
  unnamed('192.0.2.128/25', 'annexe'),
  unnamed('192.0.2.200', 'gateway'),
  unnamed('2001:db8::/32', 'six'),
  unnamed('2001:db8:0:1::/61', 'six-nearer'),
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
    expect(table.find(address, nothing)).toBe(client)
    expect(table.find(address, nothing)).toBe(client)
  })

  test.each(['192.0.3.1', '198.51.100.1', '2001:db9::1', 'fe80::1%eth0', 'nonsense', ''])(
    '%s belongs to nobody',
    (address) => {
      expect(table.find(address, nothing)).toBeUndefined()
    },
  )

  test('a prefix of length zero holds every address of its family and none of the other', () => {
    const any = new ClientTable([unnamed('0.0.0.0/0', 'any')])
    expect(any.find('203.0.113.9', nothing)).toBe('any')
    expect(any.find('2001:db8::1', nothing)).toBeUndefined()
  })
})

describe('clients that share an address', () => {
  const shared = new ClientTable([
    unnamed('192.0.2.0/24', 'office'),
    unnamed('192.0.2.7', 'rest'),
    { address: '192.0.2.7', nasIdentifier: 'east', client: 'east' },
    { address: '192.0.2.7', nasIdentifier: 'west', client: 'west' },
    { address: '192.0.2.9', nasIdentifier: 'east', client: 'nine' },
    { address: '203.0.113.4', nasIdentifier: 'east', client: 'alone' },
  ])
  test.each([
    ['192.0.2.7', 'east', 'east'],
    ['192.0.2.7', 'west', 'west'],
    ['192.0.2.7', 'West', 'rest'],
    ['192.0.2.7', 'north', 'rest'],
    ['192.0.2.7', undefined, 'rest'],
    ['192.0.2.7', '', 'rest'],
    ['192.0.2.9', 'west', 'office'],
    ['192.0.2.8', 'east', 'office'],
    ['203.0.113.4', 'east', 'alone'],
    ['203.0.113.4', 'west', undefined],
    ['203.0.113.4', undefined, undefined],
  ])('%s with NAS-Identifier %s is %s', (address, nasIdentifier, client) => {
    expect(shared.find(address, () => nasIdentifier)).toBe(client)
    expect(shared.find(address, () => nasIdentifier)).toBe(client)
  })

  test('the datagram is read only where clients differ by it', () => {
    const unread = () => {
      throw new Error('was read')
    }
    expect(shared.find('192.0.2.1', unread)).toBe('office')
  })
})
