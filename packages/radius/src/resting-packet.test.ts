import { describe, expect, it } from 'vitest'

import { createSharedSecret, decodePacket, encodeRequest, packetCodes, type Packet } from './index.ts'
import { RestingPacket } from './resting-packet.ts'

const secret = createSharedSecret('a secret')

/** Every octet from 0 to 252 in one attribute, and the number in another. */
function packet(number: number): Packet {
  const value = Uint8Array.from({ length: 253 }, (_, at) => (at + number) % 256)
  const attributes = [
    { type: 24, value },
    { type: 5, value: Uint8Array.of(0, 0, 0, number) },
  ]
  const decoded = decodePacket(
    encodeRequest({ code: packetCodes.accessRequest, identifier: number, attributes, secret }),
  )
  if (!decoded.ok) throw new Error(decoded.failure)
  return decoded.packet
}

describe('a resting packet', () => {
  it('is the same packet, however many rest beside it', () => {
    const packets = Array.from({ length: 200 }, (_, number) => packet(number))
    const resting = packets.map((each) => new RestingPacket(each))
    for (const [number, { code, identifier, authenticator, attributes, bytes }] of resting.entries()) {
      expect({ code, identifier, authenticator, attributes, bytes }).toEqual(packets[number])
    }
  })

  it('keeps nothing of the memory that it was decoded from', () => {
    const original = packet(7)
    const resting = new RestingPacket(original)
    for (let number = 0; number < 10; number++) new RestingPacket(packet(number))
    original.bytes.fill(0)
    expect(resting.bytes).toEqual(expect.objectContaining({ 0: packetCodes.accessRequest, 1: 7 }))
    expect(resting.attributes[2]?.value).toEqual(Uint8Array.of(0, 0, 0, 7))
  })
})
