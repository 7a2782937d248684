/** How much the product is used, slice by slice: each is read by itself, and the thread is given back in between. */
import { setImmediate as giveWay } from 'node:timers/promises'
import type { UsageCount, UsageQuery, UsageSlice } from '@sallyport/contract'
import type { CountedUsage, SignInCounts, UsageRepository } from '@sallyport/store'
import { countedTime, type CountedTime } from './denials.ts'
import { slicesOf, stepFor } from './slices.ts'

const dayMs = 86_400_000

/**
 * The time that is counted: in quarters of an hour, and in slices of the viewer's zone. Of one user only whole days of UTC are kept, so
 * that theirs is cut by these.
 */
export async function usageTime(
  query: UsageQuery,
  counts: Pick<SignInCounts, 'firstQuarter'>,
  now: Date,
): Promise<CountedTime> {
  const time = await countedTime(query, counts, now)
  if (query.userId === undefined) return time
  const { fromMs, toMs } = wholeDays(time)
  const step = stepFor(toMs - fromMs)
  return { fromMs, toMs, zone: 'UTC', step: step === 'quarter' || step === 'hour' ? 'day' : step }
}

/** The days of UTC that a time touches. */
export function wholeDays({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) {
  return { fromMs: Math.floor(fromMs / dayMs) * dayMs, toMs: Math.ceil(toMs / dayMs) * dayMs }
}

export async function* usageSlices(
  time: CountedTime,
  query: UsageQuery,
  usage: Pick<UsageRepository, 'counts' | 'countsOfUser'>,
): AsyncGenerator<UsageSlice> {
  const { userId } = query
  const key = keys[query.by]
  for (const { fromMs, toMs } of slicesOf(time.step, time, time.zone)) {
    const [from, to] = [new Date(fromMs), new Date(toMs)]
    const counted =
      userId === undefined ? await usage.counts(from, to, query) : await usage.countsOfUser(userId, from, to, query)
    yield { from: from.toISOString(), to: to.toISOString(), counts: summed(counted, key) }
    await giveWay()
  }
}

const keys: Readonly<Record<UsageQuery['by'], (counted: CountedUsage) => string>> = {
  result: ({ reason }) => reason,
  application: ({ clientId }) => clientId,
  method: ({ factor }) => factor,
}

/** The commonest first. */
function summed(rows: readonly CountedUsage[], keyOf: (counted: CountedUsage) => string): UsageCount[] {
  const sums = new Map<string, UsageCount>()
  for (const row of rows) {
    const [key, { result }] = [keyOf(row), row]
    const name = `${result} ${key}`
    sums.set(name, { key, result, count: row.count + (sums.get(name)?.count ?? 0) })
  }
  return [...sums.values()].sort((one, other) => other.count - one.count)
}

/** What the RADIUS clients are called that figures name by their ids; each is looked up once. */
export function clientNames(usage: Pick<UsageRepository, 'clientName'>) {
  const known = new Map<string, string>()
  return async (counts: readonly UsageCount[]): Promise<Readonly<Record<string, string>>> => {
    for (const { key } of counts) {
      if (key !== '' && !known.has(key)) known.set(key, (await usage.clientName(key)) ?? key)
    }
    return Object.fromEntries(known)
  }
}
