import { describe, expect, it } from 'vitest'
import { rangeOf } from '../../lib/reports/range.ts'
import { filterCount, filterOf, signInsSearch } from './search.ts'

const nowMs = Date.parse('2026-03-01T12:00:00.000Z')

describe('the filters of the sign-in report', () => {
  it('look at the last seven days unless the address says otherwise', () => {
    expect(rangeOf(signInsSearch.parse({}))).toBe('7d')
    expect(filterOf(signInsSearch.parse({}), nowMs)).toEqual({ from: '2026-02-22T12:00:00.000Z' })
  })

  it('send no bound for all time', () => {
    expect(filterOf(signInsSearch.parse({ range: 'all' }), nowMs)).toEqual({})
  })

  it('let exact times win over a preset', () => {
    const search = signInsSearch.parse({ range: '1h', to: '2026-01-01T00:00:00.000Z' })
    expect(rangeOf(search)).toBe('custom')
    expect(filterOf(search, nowMs)).toEqual({ to: '2026-01-01T00:00:00.000Z' })
  })

  it('drop what is no filter instead of failing', () => {
    const search = signInsSearch.parse({ result: 'perhaps', reason: 'because', clientId: '7', from: 'soon' })
    expect(filterCount(search)).toBe(0)
    expect(filterOf({ ...search, username: '' }, nowMs)).toEqual({ from: '2026-02-22T12:00:00.000Z' })
  })
})
