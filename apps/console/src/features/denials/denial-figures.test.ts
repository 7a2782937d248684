import type { DenialsView } from '@sallyport/contract'
import { describe, expect, test } from 'vitest'
import { sliceText } from '../../lib/reports/slices.ts'
import { barsOf, seriesOf, signInsOf, sumsOf } from './denial-figures.ts'

const wrong = { result: 'rejected', reason: 'wrong-password' } as const
const down = { result: 'unanswered', reason: 'target-down' } as const
const view: DenialsView = {
  step: 'day',
  slices: [
    {
      from: '2026-11-21T00:00:00.000Z',
      to: '2026-11-22T00:00:00.000Z',
      accepted: 7,
      denials: [{ ...wrong, count: 2 }],
    },
    {
      ...{ from: '2026-11-22T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z', accepted: 1 },
      denials: [
        { ...down, count: 9 },
        { ...wrong, count: 3 },
      ],
    },
  ],
}

describe('the figures of the denials', () => {
  test('are sums by reason, the commonest first', () => {
    expect(sumsOf(view.slices)).toEqual({
      ...{ denied: 14, accepted: 8 },
      denials: [
        { ...down, count: 9 },
        { ...wrong, count: 5 },
      ],
    })
    expect(sumsOf([])).toEqual({ denied: 0, accepted: 0, denials: [] })
  })

  test('are a bar for each slice', () => {
    const series = seriesOf(sumsOf(view.slices))
    expect(series.map(({ name }) => name)).toEqual(['target-down', 'wrong-password'])
    expect(barsOf(view, series)).toEqual([{ 'wrong-password': 2 }, { 'target-down': 9, 'wrong-password': 3 }])
  })

  test('gather the rare reasons once there are too many to tell apart', () => {
    const reasons = [
      'denied',
      'no-answer',
      'wrong-code',
      'wrong-pin',
      'busy',
      'hung-up',
      'cancelled',
      'pin-expired',
    ] as const
    const denials = reasons.map((reason, index) => ({ result: 'rejected' as const, reason, count: 20 - index }))
    const many = { ...view, slices: view.slices.slice(0, 1).map((slice) => ({ ...slice, denials })) }
    const series = seriesOf(sumsOf(many.slices))
    expect(series.map(({ name }) => name)).toEqual([...reasons.slice(0, 6), 'others'])
    expect(barsOf(many, series)[0]).toMatchObject({ denied: 20, others: 14 + 13 })
  })

  test('lead to the sign-ins of a slice, not to the first ones of the next', () => {
    const [slice] = view.slices
    expect(slice && signInsOf(slice, wrong)).toEqual({
      ...{ from: '2026-11-21T00:00:00.000Z', to: '2026-11-21T23:59:59.999Z' },
      ...wrong,
    })
  })

  test('say when a slice began', () => {
    expect(sliceText('week', { from: '2026-11-16T12:00:00.000Z' }, 'en')).toBe('Nov 16, 2026')
    expect(sliceText('month', { from: '2026-11-16T12:00:00.000Z' }, 'en')).toBe('Nov 2026')
  })
})
