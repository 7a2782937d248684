/** Packets on a stream, however it is cut. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { PacketStream } from './packet-stream.ts'

function packet(length: number, fill: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(fill)
  bytes[2] = length >>> 8
  bytes[3] = length
  return bytes
}

function streamed(chunks: readonly Uint8Array[]) {
  const packets: Uint8Array[] = []
  const stream = new PacketStream((bytes) => packets.push(bytes))
  const failures = chunks.map((chunk) => stream.push(chunk)).filter((failure) => failure !== undefined)
  return { packets, failures, held: stream.heldBytes }
}

describe('a stream of packets (RFC 6613 §2.6)', () => {
  const packets = [packet(20, 1), packet(4096, 2), packet(21, 3), packet(300, 4)]
  const whole = Buffer.concat(packets)

  it('comes apart into the same packets, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 40 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), whole.length]
        const chunks = places.slice(1).map((to, index) => whole.subarray(places[index], to))
        expect(streamed(chunks)).toEqual({ packets, failures: [], held: 0 })
      }),
    )
  })

  it('comes apart octet by octet', () => {
    expect(streamed([...whole].map((octet) => Uint8Array.of(octet))).packets).toEqual(packets)
  })

  it('says how much of a packet it holds when it ends inside one', () => {
    const { packets: complete, held } = streamed([whole.subarray(0, 30)])
    expect(complete).toHaveLength(1)
    expect(held).toBe(10)
  })

  it.each([
    [19, 'length-below-header'],
    [0, 'length-below-header'],
    [4097, 'length-beyond-maximum'],
    [65535, 'length-beyond-maximum'],
  ])('fails by name at a Length of %d, and takes no more', (length, failure) => {
    const wrong = Uint8Array.of(1, 0, length >>> 8, length)
    expect(streamed([packet(20, 1), wrong, packet(20, 1)])).toEqual({
      packets: [packet(20, 1)],
      failures: [failure],
      held: 0,
    })
  })

  it('hands on nothing after it was stopped, not even from the same chunk', () => {
    let count = 0
    const stream = new PacketStream(() => {
      count++
      stream.stop()
    })
    stream.push(whole)
    expect(count).toBe(1)
  })
})
