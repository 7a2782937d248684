/** Counts how sign-ins ended, for the report of usage: by quarter, client and second factor, and by day and user. */
import type { SignInRecord } from '../engine-record-types.ts'

/** What the count of usage looks at. */
export type UsedSignIn = Pick<
  SignInRecord,
  'userId' | 'clientId' | 'factor' | 'result' | 'reason' | 'count' | 'roundAtMs' | 'test'
>

export interface UsageCount {
  readonly clientId: string
  readonly factor: string
  readonly result: string
  readonly reason: string
  /** Of a quarter of an hour, or of a day of UTC, in ms. */
  readonly startMs: number
  /** Of those by day. */
  readonly userId: string
  count: number
}

export interface FoldedUsage {
  readonly quarters: ReadonlyMap<string, UsageCount>
  readonly userDays: ReadonlyMap<string, UsageCount>
}

const quarterMs = 900_000
const dayMs = 86_400_000

export class UsageFold implements FoldedUsage {
  readonly quarters = new Map<string, UsageCount>()
  readonly userDays = new Map<string, UsageCount>()

  /** @param signIn as it stands after a round: only the one that ends it counts, and a test of an administrator's not at all */
  add({ userId, clientId, factor, result, reason, count, roundAtMs, test }: UsedSignIn): void {
    if (test || result === 'challenged') return
    const what = { clientId: clientId ?? '', factor: factor ?? 'none', result, reason }
    const key = `${what.clientId} ${what.factor} ${result} ${reason}`
    const quarter = roundAtMs - (roundAtMs % quarterMs)
    addTo(this.quarters, `${quarter} ${key}`, { ...what, startMs: quarter, userId: '', count })
    if (userId === null) return
    const day = roundAtMs - (roundAtMs % dayMs)
    addTo(this.userDays, `${day} ${userId} ${key}`, { ...what, startMs: day, userId, count })
  }
}

function addTo(counts: Map<string, UsageCount>, key: string, counted: UsageCount): void {
  const before = counts.get(key)
  if (before) before.count += counted.count
  else counts.set(key, counted)
}
