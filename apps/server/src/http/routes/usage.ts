/** Reports: usage over time, by application, method and user, as a view and as files. */
import type { api, UsageQuery, UsageSlice, UsageUsersQuery } from '@sallyport/contract'
import type { Store, UserUsageFilter } from '@sallyport/store'
import { exportFile } from '../export/export-file.ts'
import { jsonLines, jsonLinesOf } from '../export/json-lines.ts'
import { csvOfUsage, csvOfUserUsage } from '../export/usage-csv.ts'
import type { Handlers } from '../handlers.ts'
import { clientNames, usageSlices, usageTime, wholeDays } from '../reports/usage.ts'

export interface UsageRouteDependencies {
  readonly store: Pick<Store, 'signIns' | 'usage'>
  readonly clock: () => Date
}

export function usageHandlers({ store, clock }: UsageRouteDependencies): Handlers<typeof api.usage> {
  const { signIns, usage } = store

  const slicesFor = async (query: UsageQuery): Promise<AsyncIterable<UsageSlice>> =>
    usageSlices(await usageTime(query, signIns, clock()), query, usage)
  const namesFor = ({ by }: UsageQuery) => (by === 'application' ? clientNames(usage) : () => Promise.resolve({}))

  const userFilter = async (query: UsageUsersQuery): Promise<UserUsageFilter> => {
    const { from, to, ...rest } = query
    const now = clock().getTime()
    const { fromMs, toMs } = wholeDays({
      fromMs: from === undefined ? ((await usage.firstDay())?.getTime() ?? now) : Date.parse(from),
      toMs: to === undefined ? now : Date.parse(to),
    })
    return { ...rest, from: new Date(fromMs), to: new Date(toMs) }
  }

  return {
    async read({ query }) {
      const { step, zone, ...time } = await usageTime(query, signIns, clock())
      const namesOf = namesFor(query)
      const slices: UsageSlice[] = []
      let names: Readonly<Record<string, string>> = {}
      for await (const slice of usageSlices({ step, zone, ...time }, query, usage)) {
        slices.push(slice)
        names = await namesOf(slice.counts)
      }
      return { by: query.by, step, zone, slices, names, uncounted: await usage.uncounted() }
    },
    exportCsv: async ({ query }) =>
      exportFile(`usage-by-${query.by}`, clock(), 'csv', csvOfUsage(await slicesFor(query), namesFor(query))),
    exportJson: async ({ query }) =>
      exportFile(`usage-by-${query.by}`, clock(), 'jsonl', jsonLines(await slicesFor(query))),
    async users({ query: { cursor, limit, ...query } }) {
      const filter = await userFilter(query)
      const { rows, nextCursor } = await usage.users(filter, { cursor, limit })
      return { rows: [...rows], nextCursor, from: filter.from.toISOString(), to: filter.to.toISOString() }
    },
    exportUsersCsv: async ({ query }) =>
      exportFile('usage-by-user', clock(), 'csv', csvOfUserUsage(usage.streamUsers(await userFilter(query)))),
    exportUsersJson: async ({ query }) =>
      exportFile('usage-by-user', clock(), 'jsonl', jsonLinesOf(usage.streamUsers(await userFilter(query)))),
  }
}
