import { randomBytes, randomFillSync } from 'node:crypto'

import { attribute, createSalts, createSharedSecret, hideSalted, readOctets, revealSalted } from '@sallyport/radius'
import { expect, test } from 'vitest'

import { hold, release } from './held-attributes.ts'

const secret = createSharedSecret('a secret of this client')
const request = () => ({ secret, packet: { authenticator: randomBytes(16), attributes: [] } as never })

test('a key that was hidden for one request is hidden for the next, and never lies in plain', () => {
  const [first, second] = [request(), request()]
  const key = randomBytes(16)
  const nextSalt = createSalts((octets) => {
    randomFillSync(octets)
  })
  const authenticatorOf = ({ packet }: { packet: { authenticator: Uint8Array } }) => packet.authenticator
  const hidden = attribute('MS-MPPE-Send-Key', hideSalted(key, secret, authenticatorOf(first), nextSalt()))
  const held = hold([attribute('Class', Buffer.from('staff')), hidden], first)
  expect(Buffer.from(held?.attributes ?? '', 'base64').includes(key)).toBe(false)

  const attributes = release(held, second)
  expect(Buffer.from(readOctets({ attributes }, 'Class') ?? []).toString()).toBe('staff')
  const sent = readOctets({ attributes }, 'MS-MPPE-Send-Key') ?? new Uint8Array()
  expect(Buffer.from(revealSalted(sent, secret, authenticatorOf(second)) ?? []).equals(key)).toBe(true)
})

test('nothing to keep is kept as nothing', () => {
  expect(hold([], request())).toBeNull()
  expect(release(null, request())).toEqual([])
})
