/** Tests that what the writer writes is what the cursor reads, at the edges of every length. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { BerCursor } from './ber.ts'
import { BerWriter } from './ber-writer.ts'

// X.690 §8.3
test.each([
  [0, '020100'],
  [127, '02017f'],
  [128, '02020080'],
  [255, '020200ff'],
  [256, '02020100'],
  [32_767, '02027fff'],
  [32_768, '0203008000'],
  [8_388_608, '020400800000'],
  [0x7fff_ffff, '02047fffffff'],
])('X.690 §8.3: the number %i', (value, expected) => {
  const writer = new BerWriter()
  writer.integer(value)
  expect(writer.finish().toString('hex')).toBe(expected)
})

// X.690 §8.1.3
test.each([
  [0, '0400'],
  [127, '047f'],
  [128, '048180'],
  [255, '0481ff'],
  [256, '04820100'],
  [65_535, '0482ffff'],
  [65_536, '0483010000'],
  [16_777_216, '048401000000'],
])('X.690 §8.1.3: the header of %i octets', (length, expected) => {
  const writer = new BerWriter()
  writer.text(0x04, 'x'.repeat(length))
  const bytes = writer.finish()
  expect(bytes.subarray(0, bytes.length - length).toString('hex')).toBe(expected)
  expect(bytes.subarray(bytes.length - length).every((octet) => octet === 0x78)).toBe(true)
})

test('whatever is written is read, and nothing beside it, however small the room was thought to be', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 400 })
  fc.assert(
    fc.property(fc.nat(300), fc.nat(0x7fff_ffff), fc.array(text, { maxLength: 5 }), (room, number, texts) => {
      const writer = new BerWriter(room)
      for (const part of texts.toReversed()) writer.text(0x04, part)
      writer.integer(number)
      writer.header(0x30, 0)
      const cursor = new BerCursor(writer.finish())
      const afterAll = cursor.enter(0x30)
      expect(cursor.integer(0x02)).toBe(number)
      for (const part of texts) expect(cursor.text(0x04)).toBe(part)
      cursor.leave(afterAll)
      expect(cursor.isAtEnd()).toBe(true)
    }),
  )
})
