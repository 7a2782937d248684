import { expect, test } from 'vitest'
import { busyMinutes, totals } from './last-hour-figures.ts'

const minute = (time: string, accepted: number, rejected = 0) => ({
  minute: `2026-11-23T${time}:00.000Z`,
  accepted,
  rejected,
  challenged: 0,
  unanswered: 0,
})
const hour = [minute('10:00', 2), minute('10:01', 0), minute('10:02', 3, 1)]

test('the sums are over all minutes, by result', () => {
  expect(totals(hour)).toEqual({ accepted: 5, rejected: 1, challenged: 0, unanswered: 0 })
})

test('the table leaves out minutes in which nothing happened, and begins with the newest', () => {
  expect(busyMinutes(hour).map((row) => row.minute.slice(11, 16))).toEqual(['10:02', '10:00'])
})
