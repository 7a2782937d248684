import { expect, it } from 'vitest'
import { durationText } from './duration-text.ts'

it.each([
  [0.2, '<1 ms'],
  [17.4, '17 ms'],
  [999.7, '1.0 s'],
  [12_340, '12.3 s'],
  [59_990, '1 min 0 s'],
  [61_000, '1 min 1 s'],
])('reads %d ms as %s', (durationMs, text) => {
  expect(durationText(durationMs)).toBe(text)
})
