/** A Disconnect-Request of RFC 5176 as another implementation made it (from tcpdump's sample capture). */
import { expect, it } from 'vitest'

import {
  createSharedSecret,
  decodePacket,
  encodeRequest,
  verifyMessageAuthenticator,
  verifyRequestAuthenticator,
} from '../src/index.ts'

const secret = createSharedSecret('testing123')
const bytes = Uint8Array.from(
  Buffer.from('28010026e1792d2b4ab349f1a4c0fcc733d091c1' + '501258513d662847e5f8734a30dbdac8e4af', 'hex'),
)

it('verifies a Disconnect-Request, and makes the same', () => {
  const decoded = decodePacket(bytes)
  if (!decoded.ok) throw new Error(decoded.failure)
  const { packet } = decoded
  expect(verifyRequestAuthenticator(packet, secret)).toBe(true)
  expect(verifyMessageAuthenticator(packet, secret)).toBe('valid')
  const { code, identifier } = packet
  expect(encodeRequest({ code, identifier, attributes: [], secret, messageAuthenticator: true })).toEqual(bytes)
})
