/** How often somebody was asked of late. */
import { expect, test } from 'vitest'

import { AskedTimes } from './asked-times.ts'

test('a user who was asked once, or several times, is counted from a moment on, and nobody else is', () => {
  const times = new AskedTimes()
  times.add('alice', 1_000)
  expect([times.since('alice', 0), times.since('alice', 1_000), times.since('bob', 0)]).toEqual([1, 0, 0])
  times.add('alice', 2_000)
  times.add('alice', 3_000)
  expect([times.since('alice', 0), times.since('alice', 1_000)]).toEqual([3, 2])
})

test('whoever was asked last before the moment is forgotten; of others, nothing is', () => {
  const times = new AskedTimes()
  for (const atMs of [1_000, 5_000]) times.add('alice', atMs)
  times.add('bob', 1_000)
  times.sweep(1_000)
  expect([times.since('alice', 0), times.since('bob', 0)]).toEqual([2, 0])
  times.sweep(5_000)
  expect(times.since('alice', 0)).toBe(0)
})
