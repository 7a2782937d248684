/** Tests that messages come out whole, however the octets come in. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { MalformedBer } from './ber.ts'
import { Framer } from './framing.ts'

const message = (length: number) =>
  Buffer.concat([Buffer.of(0x30, 0x82, length >> 8, length & 0xff), Buffer.alloc(length, 0x05)])

function receiving() {
  const messages: Buffer[] = []
  const framer = new Framer((bytes, start, end) => void messages.push(Buffer.from(bytes.subarray(start, end))))
  return { framer, messages }
}

test('however a stream is cut into pieces, the same messages come out, each as soon as it is whole', () => {
  const lengths = fc.array(fc.oneof(fc.nat(5), fc.nat(3_000)), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(lengths, fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1 }), (sizes, cuts) => {
      const sent = sizes.map(message)
      const stream = Buffer.concat(sent)
      const { framer, messages } = receiving()
      for (let offset = 0, index = 0; offset < stream.length; index++) {
        const length = cuts[index % cuts.length] ?? 1
        framer.push(stream.subarray(offset, offset + length))
        offset += length
        const whole = sent.filter((_, at) => Buffer.concat(sent.slice(0, at + 1)).length <= offset)
        expect(messages).toHaveLength(whole.length)
      }
      expect(messages.every((bytes, index) => bytes.equals(sent[index] ?? Buffer.alloc(0)))).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('a message that comes octet by octet is not copied with each of them', () => {
  const { framer, messages } = receiving()
  const sent = Buffer.concat([Buffer.from('308400100000', 'hex'), Buffer.alloc(0x100_000)])
  for (const octet of sent) framer.push(Buffer.of(octet))
  expect(messages).toHaveLength(1)
  expect(messages[0]?.equals(sent)).toBe(true)
})

test.each([
  ['ff', 'no message'],
  ['3080', 'indefinite'],
  ['308401000001', 'too long'],
  ['3085', 'more than four'],
])('%s ends it before more of the message has come', (text, fault) => {
  const { framer } = receiving()
  const push = () => framer.push(Buffer.from(text, 'hex'))
  expect(push).toThrow(MalformedBer)
  expect(push).toThrow(new RegExp(fault))
})

test('once stopped, even while a message is handed over, nothing comes any more', () => {
  let count = 0
  const framer = new Framer(() => {
    count += 1
    framer.stop()
  })
  framer.push(Buffer.concat([message(1), message(1), message(1)]))
  framer.push(message(1))
  expect(count).toBe(1)
})
