import { expect, test } from 'vitest'
import { octetsText } from './octets-text.ts'

test.each([
  [0, '0B'],
  [999, '999B'],
  [1000, '1 kB'],
  [1234, '1.23 kB'],
  [12_345, '12.3 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [5_000_000_000, '5 GB'],
  [7.25e12, '7.25 TB'],
])('%d octets read as %s', (octets, text) => {
  expect(octetsText(octets, 'en')).toBe(text)
})
