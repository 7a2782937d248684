/** Every list and report of the console that grows with the organisation, as the benchmark opens it. */
import { api } from '@sallyport/contract'
import { filledClientId } from '@sallyport/store/bench'

import { type Administrator } from '../support/administrator.ts'

export interface EstatePage {
  readonly name: string
  readonly visit: () => Promise<unknown>
}

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600_000).toISOString()

export function estatePages(administrator: Administrator): readonly EstatePage[] {
  const users = (query: Parameters<typeof administrator.call<typeof api.users.list>>[1]) => () =>
    administrator.call(api.users.list, query)
  const signIns = (query: Parameters<typeof administrator.call<typeof api.reports.listSignIns>>[1]) => () =>
    administrator.call(api.reports.listSignIns, query)
  const [page, year] = [{ limit: 50 } as const, { from: daysAgo(365), zone: 'Europe/Berlin' }]
  const ascending = { ...page, sort: 'username', direction: 'ascending' } as const
  const usage = (by: { by?: 'application' }) => () => administrator.call(api.usage.read, { query: { ...year, ...by } })
  return [
    { name: 'Status', visit: () => administrator.call(api.status.read) },
    { name: 'Users', visit: users({ query: ascending }) },
    {
      name: 'Users, by last sign-in',
      visit: users({ query: { ...ascending, sort: 'lastSignInAt', direction: 'descending' } }),
    },
    { name: 'Users, searched', visit: users({ query: { ...ascending, search: 'u99' } }) },
    { name: 'Users without a factor', visit: users({ query: { ...ascending, standing: 'without-factor' } }) },
    { name: 'OATH Tokens', visit: () => administrator.call(api.oathTokens.list, { query: page }) },
    { name: 'Sign-ins', visit: signIns({ query: page }) },
    { name: 'Sign-ins, half a year ago', visit: signIns({ query: { ...page, to: daysAgo(182) } }) },
    { name: 'Sign-ins, of a name', visit: signIns({ query: { ...page, username: 'u4242' } }) },
    {
      name: 'Sign-ins, of a client, rejected',
      visit: signIns({ query: { ...page, clientId: filledClientId(7), result: 'rejected' } }),
    },
    { name: 'Denials of a year', visit: () => administrator.call(api.denials.read, { query: year }) },
    { name: 'Usage of a year', visit: usage({}) },
    { name: 'Usage of a year, by application', visit: usage({ by: 'application' }) },
    {
      name: 'Usage of a year, by user',
      visit: () => administrator.call(api.usage.users, { query: { ...page, from: year.from } }),
    },
    { name: 'VPN sessions', visit: () => administrator.call(api.vpnSessions.list, { query: page }) },
  ]
}
