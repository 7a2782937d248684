import { expect, test } from 'vitest'
import { periodAt } from './period.ts'
import { lastUpTo, nextAfter, nextBy } from './timetable.ts'

const daily = { every: 'day', weekday: 1, monthDay: 1, time: '07:30', zone: 'Europe/Berlin' } as const
const at = (text: string) => new Date(text)
const next = (schedule: Parameters<typeof nextAfter>[0], after: string) => nextAfter(schedule, at(after)).toISOString()

test.each([
  ['every day, by the clocks there', {}, '2026-11-24T06:30:00.000Z', '2026-11-25T06:30:00.000Z'],
  ['later the same day', {}, '2026-11-24T06:29:59.999Z', '2026-11-24T06:30:00.000Z'],
  ['over the beginning of summer time', {}, '2026-03-28T06:30:00.000Z', '2026-03-29T05:30:00.000Z'],
  ['over its end', {}, '2026-10-24T05:30:00.000Z', '2026-10-25T06:30:00.000Z'],
  [
    'a time that the day lacks: when clocks leap',
    { time: '02:30' },
    '2026-03-29T00:00:00.000Z',
    '2026-03-29T01:00:00.000Z',
  ],
  ['and the day after as ever', { time: '02:30' }, '2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z'],
  [
    'a time that the day has twice: the first',
    { time: '02:30' },
    '2026-10-24T12:00:00.000Z',
    '2026-10-25T00:30:00.000Z',
  ],
  ['and not the second', { time: '02:30' }, '2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
  [
    'in New York, a time that the day lacks',
    { time: '02:15', zone: 'America/New_York' },
    '2026-03-08T05:00:00.000Z',
    '2026-03-08T07:00:00.000Z',
  ],
  [
    'in New York, a time that the day has twice',
    { time: '01:15', zone: 'America/New_York' },
    '2026-11-01T04:00:00.000Z',
    '2026-11-01T05:15:00.000Z',
  ],
  ['and once', { time: '01:15', zone: 'America/New_York' }, '2026-11-01T05:15:00.000Z', '2026-11-02T06:15:00.000Z'],
  ['on a day of the week', { every: 'week', weekday: 7 }, '2026-11-24T12:00:00.000Z', '2026-11-29T06:30:00.000Z'],
  ['on a day of the month', { every: 'month', monthDay: 28 }, '2026-11-28T06:30:00.000Z', '2026-12-28T06:30:00.000Z'],
  [
    'on the last day of a month',
    { every: 'month', monthDay: 'last' },
    '2027-01-31T12:00:00.000Z',
    '2027-02-28T06:30:00.000Z',
  ],
  [
    'of February in a leap year',
    { every: 'month', monthDay: 'last' },
    '2028-02-01T00:00:00.000Z',
    '2028-02-29T06:30:00.000Z',
  ],
] as const)('is sent %s', (_, changes, after, expected) => {
  expect(next({ ...daily, ...changes }, after)).toBe(expected)
})

test('a day that a zone left out is no reason to stop', () => {
  // Samoa had no 30 December 2011.
  expect(next({ ...daily, zone: 'Pacific/Apia' }, '2011-12-29T17:30:00Z')).toBe('2011-12-30T10:00:00.000Z')
})

test('another zone moves the time with it', () => {
  expect(next(daily, '2026-07-01T00:00:00Z')).toBe('2026-07-01T05:30:00.000Z')
  expect(next({ ...daily, zone: 'Asia/Kolkata' }, '2026-07-01T00:00:00Z')).toBe('2026-07-01T02:00:00.000Z')
})

test('of those that passed unused the last is sent, and the others are counted', () => {
  const first = at('2026-11-20T06:30:00Z')
  expect(lastUpTo(daily, first, at('2026-11-24T10:00:00Z'))).toEqual({ due: at('2026-11-24T06:30:00Z'), missed: 4 })
  expect(lastUpTo(daily, first, first)).toEqual({ due: first, missed: 0 })
})

test('a clock that leapt over years sends the newest alone', () => {
  const { due, missed } = lastUpTo(daily, at('2026-11-20T06:30:00Z'), at('2046-11-24T10:00:00Z'))
  expect(due).toEqual(at('2046-11-24T06:30:00Z'))
  expect(missed).toBe(1000)
})

test('a clock that was put back sends nothing twice, and one that had run far ahead does not stop it', () => {
  const sent = at('2026-11-24T06:30:00Z')
  expect(nextBy(daily, at('2026-11-24T05:00:00Z'), sent)).toEqual(at('2026-11-25T06:30:00Z'))
  expect(nextBy(daily, at('2026-11-24T07:00:00Z'), sent)).toEqual(at('2026-11-25T06:30:00Z'))
  expect(nextBy(daily, at('2026-11-24T05:00:00Z'), at('2036-11-24T06:30:00Z'))).toEqual(sent)
})

test.each([
  ['24h', '2026-03-29T22:00:00.000Z', '2026-03-30T22:00:00.000Z'],
  ['7d', '2026-03-23T23:00:00.000Z', '2026-03-30T22:00:00.000Z'],
  ['last-week', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['last-month', '2026-01-31T23:00:00.000Z', '2026-02-28T23:00:00.000Z'],
  ['1h', '2026-03-31T04:00:00.000Z', '2026-03-31T05:00:00.000Z'],
  ['all', undefined, '2026-03-31T05:30:00.000Z'],
] as const)('a mail about %s is about whole days and hours of the zone, summer time or not', (period, from, to) => {
  const found = periodAt({ period, from: null, to: null }, 'Europe/Berlin', at('2026-03-31T05:30:00Z'))
  expect([found.from?.toISOString(), found.to.toISOString()]).toEqual([from, to])
})

test('a fixed time stays, its last moment counted in', () => {
  const fixed = { period: 'fixed', from: '2026-01-01T00:00:00.000Z', to: '2026-01-31T23:59:59.999Z' } as const
  expect(periodAt(fixed, 'UTC', at('2026-11-24T00:00:00Z'))).toEqual({
    from: at('2026-01-01T00:00:00Z'),
    to: at('2026-02-01T00:00:00Z'),
  })
})
