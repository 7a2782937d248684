/** Tests that one timer is enough for many deadlines, on a clock that the test moves. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { createDeadlines, type Deadlines } from './deadlines.ts'

let waiting: number[]
let ended: [deadlineAt: number, endedAt: number][]
let deadlines: Deadlines
const startedAt = 1_000

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  vi.advanceTimersByTime(startedAt)
  waiting = []
  ended = []
  deadlines = createDeadlines((now) => {
    for (const deadlineAt of waiting.filter((at) => at <= now)) ended.push([deadlineAt, performance.now()])
    waiting = waiting.filter((at) => at > now)
    return Math.min(...waiting)
  })
})

afterEach(() => {
  vi.useRealTimers()
})

function wait(deadlineAt: number): void {
  waiting.push(deadlineAt)
  deadlines.watch(deadlineAt)
}

test('each deadline ends when it is due, in whatever order they were given', () => {
  for (const at of [1_300, 1_100, 1_200, 4_000]) wait(at)
  vi.advanceTimersByTime(5_000)
  expect(ended).toEqual([
    [1_100, 1_100],
    [1_200, 1_200],
    [1_300, 1_300],
    [4_000, 4_000],
  ])
})

test('what began within 5 ms ends together', () => {
  for (const at of [1_100, 1_100.4, 1_104.9, 1_106]) wait(at)
  vi.advanceTimersByTime(100)
  expect(ended.map(([at]) => at)).toEqual([1_100, 1_100.4, 1_104.9])
  vi.advanceTimersByTime(6)
  expect(ended).toHaveLength(4)
})

test('a thousand that are met cost one timer, and none is left when nothing waits', () => {
  for (let index = 0; index < 1_000; index++) {
    wait(startedAt + 3_000 + index / 10)
    waiting = []
    expect(vi.getTimerCount()).toBe(1)
  }
  vi.advanceTimersByTime(3_000)
  expect(vi.getTimerCount()).toBe(0)
  wait(startedAt + 6_000)
  deadlines.stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('one that is met leaves the next its full time', () => {
  wait(1_100)
  waiting = []
  vi.advanceTimersByTime(50)
  wait(1_500)
  vi.advanceTimersByTime(449)
  expect(ended).toEqual([])
  vi.advanceTimersByTime(1)
  expect(ended).toEqual([[1_500, 1_500]])
})
