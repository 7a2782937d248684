/** What the server's report says of a sign-in: the reason that the device, and whoever tries, is never told. */
import { setTimeout as sleep } from 'node:timers/promises'

import { api, type SignInRow } from '@sallyport/contract'

import type { Administrator } from './administrator.ts'

const limitMs = 5_000
const pauseMs = 100

/**
 * The newest sign-in of this name that is not among `known`. The report lags behind the answer by a moment: events are
 * durable before the answer leaves, and reach the report's table after it.
 */
export async function findNewest(
  administrator: Administrator,
  username: string,
  known: ReadonlySet<string>,
): Promise<SignInRow | undefined> {
  const endsAt = Date.now() + limitMs
  while (Date.now() < endsAt) {
    const { rows } = await administrator.call(api.reports.listSignIns, { query: { username, limit: 20 } })
    // The report looks for names that begin so.
    const row = rows.find((each) => each.username === username && each.result !== 'challenged' && !known.has(each.id))
    if (row) return row
    await sleep(pauseMs)
  }
  return undefined
}

/** The latest sign-ins, oldest first. */
export async function readLatest(administrator: Administrator, limit: number): Promise<readonly SignInRow[]> {
  const { rows } = await administrator.call(api.reports.listSignIns, { query: { limit } })
  return rows.toReversed()
}

/** `password-and-code` in words. */
export function inWords({ result, reason }: Pick<SignInRow, 'result' | 'reason'>): string {
  return `${result}: ${reason.replaceAll('-', ' ')}`
}
