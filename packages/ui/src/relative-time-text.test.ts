import { expect, test } from 'vitest'
import { relativeTimeText, utcTimeText } from './relative-time-text.ts'

const now = Date.parse('2026-11-23T12:00:00.000Z')

test.each([
  [0, 'now'],
  [-9_000, 'now'],
  [-42_000, '42 seconds ago'],
  [-60_000, '1 minute ago'],
  [-59 * 60_000, '59 minutes ago'],
  [-3_600_000, '1 hour ago'],
  [-26 * 3_600_000, 'yesterday'],
  [-3 * 86_400_000, '3 days ago'],
  [-70 * 86_400_000, '2 months ago'],
  [-800 * 86_400_000, '2 years ago'],
  [15 * 60_000, 'in 15 minutes'],
])('%i ms from now reads as “%s”', (distanceMs, words) => {
  expect(relativeTimeText(now + distanceMs, now, 'en')).toBe(words)
})

test('the exact moment in UTC keeps its milliseconds', () => {
  expect(utcTimeText(now + 7)).toBe('2026-11-23 12:00:00.007 UTC')
})
