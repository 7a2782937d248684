import { describe, expect, test } from 'vitest'
import { createThrottle, networkOf } from './throttle.ts'

function throttleAt(maximumKeys = 100) {
  let nowMs = 0
  const throttle = createThrottle({ limit: 3, windowMs: 60_000, maximumKeys, clock: () => new Date(nowMs) })
  const take = (key: string, times: number) => Array.from({ length: times }, () => throttle.take(key))
  return { throttle, take, pass: (ms: number) => (nowMs += ms) }
}

describe('a throttle', () => {
  test('lets so many tries pass and then says how many seconds are left', () => {
    const { take, pass } = throttleAt()
    expect(take('a', 4)).toEqual([0, 0, 0, 60])
    pass(59_001)
    expect(take('a', 1)).toEqual([1])
    pass(999)
    expect(take('a', 4)).toEqual([0, 0, 0, 60])
  })

  test('counts each key by itself, and forgets one that turned out right', () => {
    const { throttle, take } = throttleAt()
    take('a', 3)
    expect(take('b', 1)).toEqual([0])
    throttle.clear('a')
    expect(take('a', 4)).toEqual([0, 0, 0, 60])
  })

  test('remembers no more keys than it is told to, the youngest', () => {
    const { take } = throttleAt(2)
    take('a', 3)
    take('b', 3)
    take('c', 3)
    expect([...take('b', 1), ...take('c', 1)]).toEqual([60, 60])
    expect(take('a', 1)).toEqual([0])
  })
})

describe('who counts as one sender', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  test('a whole /64 of IPv6, which one customer has to choose from', () => {
    expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff::9'))
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
  })
})
