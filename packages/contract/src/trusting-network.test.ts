import { expect, test } from 'vitest'
import { addressOctets, readAddressRange, type AddressRange } from './address-range.ts'
import { trustingNetwork } from './trusting-network.ts'

function network(name: string, addresses: string, clientId: string | null = null, attribute = 'Calling-Station-Id') {
  // Each range below is one.
  const range = readAddressRange(addresses) as AddressRange
  return { name, clientId, attribute, range }
}

const networks = [
  network('office', '192.0.2.0/24'),
  network('wide', '192.0.0.0/16'),
  network('branch', '198.51.100.10-198.51.100.20', 'vpn'),
  network('tunnel', '203.0.113.0/24', null, 'Tunnel-Client-Endpoint'),
]
const from =
  (address: string, at = 'Calling-Station-Id') =>
  (attribute: string) =>
    attribute === at ? addressOctets(address) : undefined

test.each([
  ['vpn', from('192.0.2.7'), 'office'],
  ['vpn', from('192.0.3.7'), 'wide'],
  ['vpn', from('198.51.100.20'), 'branch'],
  ['other', from('198.51.100.20'), undefined],
  [null, from('198.51.100.20'), undefined],
  ['vpn', from('203.0.113.1'), undefined],
  ['vpn', from('203.0.113.1', 'Tunnel-Client-Endpoint'), 'tunnel'],
  ['vpn', from('::ffff:192.0.2.7'), 'office'],
  ['vpn', from('the office'), undefined],
  ['vpn', from('192.0.2.0/24'), undefined],
])('through client %s, the first network that holds the address is found', (clientId, octetsIn, name) => {
  expect(trustingNetwork(networks, clientId, octetsIn)?.name).toBe(name)
})
