import { expect, test } from 'vitest'
import { spanText } from './span-text.ts'

test.each([
  [1, '1 second'],
  [600, '10 minutes'],
  [28_800, '8 hours'],
  [129_630, '1 day, 12 hours, 30 seconds'],
])('%i seconds are said in the units that they fill', (seconds, text) => {
  expect(spanText(seconds, 'en')).toBe(text)
})
