/** Tests how long a server that failed is left alone, on a clock that the test moves. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { LdapFailure } from './failure.ts'
import { createHealth, type Health } from './health.ts'

const down = new LdapFailure('server-down', 'Nothing listens.')
const refused = new LdapFailure('query-bind-refused', 'The query account was refused.')
let health: Health
let probes: number[]
let answer: LdapFailure | undefined

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  probes = []
  answer = down
  health = createHealth({
    now: Date.now,
    firstBackOffMs: 5_000,
    longestBackOffMs: 30_000,
    probe: () => {
      probes.push(Date.now() - 1_000_000)
      return answer ? Promise.reject(answer) : Promise.resolve()
    },
  })
})

afterEach(() => {
  health.close()
  vi.useRealTimers()
})

test('a server that stays down is asked after 5 s, then 10, 20, and every 30 s', async () => {
  health.failed(down)
  expect(health.isAvailable()).toBe(false)
  await vi.advanceTimersByTimeAsync(100_000)
  expect(probes).toEqual([5_000, 15_000, 35_000, 65_000, 95_000])
  expect(health.state()).toEqual({ state: 'down', since: 1_000_000, problem: 'Nothing listens.' })
})

test('once it answers it is up, and the next failure begins at 5 s again', async () => {
  health.failed(down)
  await vi.advanceTimersByTimeAsync(14_000)
  answer = undefined
  await vi.advanceTimersByTimeAsync(1_000)
  expect(health.state()).toEqual({ state: 'up', since: 1_015_000 })
  health.failed(down)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(probes).toEqual([5_000, 15_000, 20_000])
})

test('many requests that fail together are one failure', async () => {
  for (let index = 0; index < 100; index += 1) health.failed(down)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(probes).toEqual([5_000])
})

test('a refused query account is never tried in the background, and by a request only after 30 s', async () => {
  health.failed(refused)
  await vi.advanceTimersByTimeAsync(29_999)
  expect(health.standingRefusal()).toBe(refused)
  expect(health.isAvailable()).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(health.standingRefusal()).toBeUndefined()
  expect(health.isAvailable()).toBe(true)
  expect(probes).toEqual([])
})

test('what is no fault of the server leaves it up', () => {
  health.succeeded()
  health.failed(new LdapFailure('misconfigured', 'The base DN does not exist.'))
  health.failed(new LdapFailure('timeout', 'Too slow.', { blamesServer: false }))
  expect(health.state()).toMatchObject({ state: 'up' })
})
