import { describe, expect, test } from 'vitest'
import { slicesOf, stepFor } from './slices.ts'

const dayMs = 86_400_000

function starts(step: Parameters<typeof slicesOf>[0], from: string, to: string, zone: string): string[] {
  const time = { fromMs: Date.parse(from), toMs: Date.parse(to) }
  const slices = [...slicesOf(step, time, zone)]
  expect(slices[0]?.fromMs).toBe(time.fromMs)
  expect(slices.at(-1)?.toMs).toBe(time.toMs)
  slices.forEach(({ toMs }, number) => expect(slices[number + 1]?.fromMs ?? time.toMs).toBe(toMs))
  return slices.map(({ fromMs }) => new Date(fromMs).toISOString())
}

describe('the slices of a time', () => {
  test.each([
    [3_600_000, 'quarter'],
    [dayMs, 'hour'],
    [7 * dayMs, 'day'],
    [365 * dayMs, 'week'],
    [10 * 365 * dayMs, 'month'],
  ])('of %i ms are a %s each', (lengthMs, step) => {
    expect(stepFor(lengthMs)).toBe(step)
  })

  test('are days of the zone, the one of 23 hours and the one of 25 too', () => {
    expect(starts('day', '2026-03-28T12:00:00.000Z', '2026-03-30T23:00:00.000Z', 'Europe/Berlin')).toEqual([
      '2026-03-28T12:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      '2026-03-30T22:00:00.000Z',
    ])
    expect(starts('day', '2026-10-24T22:00:00.000Z', '2026-10-26T23:00:00.000Z', 'Europe/Berlin')).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ])
  })

  test('are hours of a zone that is no whole hour away', () => {
    expect(starts('hour', '2026-05-01T10:00:00.000Z', '2026-05-01T11:45:00.000Z', 'Asia/Kathmandu')).toEqual([
      '2026-05-01T10:00:00.000Z',
      '2026-05-01T10:15:00.000Z',
      '2026-05-01T11:15:00.000Z',
    ])
  })

  test('are weeks from Monday on, and months', () => {
    expect(starts('week', '2026-11-18T00:00:00.000Z', '2026-12-02T00:00:00.000Z', 'UTC')).toEqual([
      '2026-11-18T00:00:00.000Z',
      '2026-11-23T00:00:00.000Z',
      '2026-11-30T00:00:00.000Z',
    ])
    expect(starts('month', '2026-11-18T00:00:00.000Z', '2027-01-02T00:00:00.000Z', 'America/New_York')).toEqual([
      '2026-11-18T00:00:00.000Z',
      '2026-12-01T05:00:00.000Z',
      '2027-01-01T05:00:00.000Z',
    ])
  })

  test('are none of no time', () => {
    expect([...slicesOf('day', { fromMs: 5, toMs: 5 }, 'UTC')]).toEqual([])
  })
})
