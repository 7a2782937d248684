import type { UsageSlice } from '@sallyport/contract'
import { describe, expect, test } from 'vitest'
import { barsOf, others, seriesOf, signInsOf, sumsOf, totalOf } from './usage-figures.ts'

const first = { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' }
const second = { from: '2026-11-22T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' }
const slices: readonly UsageSlice[] = [
  { ...first, counts: [{ key: 'push', result: 'accepted', count: 2 }] },
  {
    ...second,
    counts: [
      { key: 'push', result: 'accepted', count: 5 },
      { key: 'none', result: 'rejected', count: 3 },
      { key: 'push', result: 'rejected', count: 1 },
    ],
  },
]

describe('the figures of usage', () => {
  test('are sums by what is told apart, the commonest first', () => {
    expect(sumsOf(slices)).toEqual([
      { key: 'push', accepted: 7, rejected: 1, unanswered: 0, total: 8 },
      { key: 'none', accepted: 0, rejected: 3, unanswered: 0, total: 3 },
    ])
    expect(totalOf(sumsOf(slices))).toEqual({ accepted: 7, rejected: 4, unanswered: 0, total: 11 })
  })

  test('are bars by how sign-ins ended, or by what is told apart', () => {
    const byResult = seriesOf('result', sumsOf(slices))
    expect(byResult.map(({ name }) => name)).toEqual(['accepted', 'rejected'])
    expect(barsOf({ by: 'result', slices: [...slices] }, byResult)).toEqual([
      { accepted: 2 },
      { accepted: 5, rejected: 4 },
    ])
    const byMethod = seriesOf('method', sumsOf(slices))
    expect(barsOf({ by: 'method', slices: [...slices] }, byMethod)).toEqual([{ push: 2 }, { push: 6, none: 3 }])
  })

  test('gather the rare ones once there are too many to tell apart', () => {
    const counts = Array.from({ length: 9 }, (_, index) => ({
      ...{ key: String(index), result: 'accepted' as const, count: 20 - index },
    }))
    const series = seriesOf('application', sumsOf([{ ...first, counts }]))
    expect(series.map(({ name }) => name)).toEqual(['0', '1', '2', '3', '4', '5', others])
    expect(barsOf({ by: 'application', slices: [{ ...first, counts }] }, series)[0]).toMatchObject({
      '0': 20,
      [others]: 14 + 13 + 12,
    })
  })

  test('lead to the sign-ins behind them, with the filters of the report', () => {
    const within = { from: first.from, to: '2026-11-21T23:59:59.999Z' }
    expect(signInsOf('result', first, 'rejected', { factor: 'push' })).toEqual({
      ...within,
      ...{ result: 'rejected', factor: 'push' },
    })
    expect(signInsOf('method', first, 'none', {})).toEqual({ ...within, factor: 'none' })
    expect(signInsOf('application', first, 'x', {})).toEqual({ ...within, clientId: 'x' })
    expect(signInsOf('application', first, '', {})).toEqual({ ...within, reason: 'unknown-client' })
    expect(signInsOf('application', first, others, {})).toBeNull()
  })
})
