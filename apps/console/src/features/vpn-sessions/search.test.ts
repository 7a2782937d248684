import { describe, expect, it } from 'vitest'
import { filterCount, filterOf, vpnSessionsSearch } from './search.ts'

const nowMs = Date.parse('2026-03-01T12:00:00.000Z')

describe('the filters of the report of VPN sessions', () => {
  it('show who is connected now, whatever the time says, unless all are asked for', () => {
    expect(filterOf(vpnSessionsSearch.parse({}), nowMs)).toEqual({ state: 'active' })
    const search = vpnSessionsSearch.parse({ range: '1h', state: 'ended', username: 'ann' })
    expect(filterOf(search, nowMs)).toEqual({ state: 'active', username: 'ann' })
    expect(filterCount(search)).toBe(1)
  })

  it('look at the last seven days of all sessions unless the address says otherwise', () => {
    expect(filterOf(vpnSessionsSearch.parse({ view: 'all' }), nowMs)).toEqual({ from: '2026-02-22T12:00:00.000Z' })
    const search = vpnSessionsSearch.parse({ view: 'all', range: 'all', state: 'lost', address: '10.8.' })
    expect(filterOf(search, nowMs)).toEqual({ state: 'lost', address: '10.8.' })
    expect(filterCount(search)).toBe(2)
  })
})
