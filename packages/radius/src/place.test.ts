/** What tells the places of requests apart. */
import { expect, test } from 'vitest'

import { packetCodes } from './codes.ts'
import { placeOf } from './place.ts'

const here = { address: '192.0.2.1', port: 1812 }
const from = { address: 'fe80::1%eth0', port: 50_000 }
const asked = { code: packetCodes.accessRequest, identifier: 7 }

test('a place is another one for every other end, port, code and identifier, and the same for the same', () => {
  const places = [
    placeOf(here, from, asked),
    placeOf({ ...here, address: '192.0.2.11' }, from, asked),
    placeOf({ ...here, port: 1645 }, from, asked),
    placeOf(here, { ...from, address: 'fe80::1%eth1' }, asked),
    placeOf(here, { ...from, port: 50_256 }, asked),
    placeOf(here, from, { ...asked, code: packetCodes.accountingRequest }),
    placeOf(here, from, { ...asked, identifier: 8 }),
  ]
  expect(new Set(places).size).toBe(places.length)
  expect(placeOf(here, from, asked)).toBe(places[0])
})

test('one address does not run into the other', () => {
  expect(placeOf({ address: '', port: 1 }, { address: '::1', port: 1 }, asked)).not.toBe(
    placeOf({ address: '::1', port: 1 }, { address: '', port: 1 }, asked),
  )
})
