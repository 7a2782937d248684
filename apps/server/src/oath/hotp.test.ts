import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hotpCode, matchSteps } from './hotp.ts'

const key = { secret: Buffer.from('12345678901234567890'), algorithm: 'SHA-1', digits: 6 } as const

test.each([
  [0, '755224'],
  [1, '287082'],
  [2, '359152'],
  [3, '969429'],
  [4, '338314'],
  [5, '254676'],
  [6, '287922'],
  [7, '162583'],
  [8, '399871'],
  [9, '520489'],
])('RFC 4226 appendix D: counter %i shows %s', (counter, code) => {
  expect(hotpCode(key, counter)).toBe(code)
})

test('a code is looked for where it may be, and nowhere else', () => {
  expect(matchSteps(key, '969429', [1, 2, 3], 0)).toEqual({ kind: 'right', step: 3 })
  expect(matchSteps(key, '338314', [1, 2, 3], 0)).toEqual({ kind: 'wrong' })
  expect(matchSteps(key, '755224', [1, 2, 3, 0], 0)).toEqual({ kind: 'used', step: 0 })
})

test('whatever somebody types is wrong, not an error', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      fc.pre(!/^\d{6}$/.test(typed))
      expect(matchSteps(key, typed, [0, 1, 2], null)).toEqual({ kind: 'wrong' })
    }),
  )
})
