/** One person who is asked, as the table keeps them. */
import type { JournalRecord } from '@sallyport/store/engine'

import type { AskedPerson, Ending, Waiter } from '../access/pending.ts'
import type { DeliveryOrder } from '../bus/pending.ts'
import { storedRequest, type StoredAsk } from './pending-rows.ts'

export class PendingEntry implements StoredAsk {
  readonly asked: AskedPerson
  ending: Ending | null = null
  sent: boolean | null = null
  /** Wrong PINs and wrong codes in replies. */
  wrong = 0
  /** PINs that are being checked at this moment. */
  checking = 0
  /** What was approved may be taken until then. */
  takenUntilMs: number | null = null
  waiters: readonly Waiter[] = nobody
  whenSent: { readonly untilMs: number; readonly resolve: () => void } | null = null
  /** What is tried where the first phone meets nobody. */
  backup: DeliveryOrder | null

  constructor(asked: AskedPerson, backup: DeliveryOrder | null) {
    this.asked = asked
    this.backup = backup
  }

  get usableUntilMs(): number {
    return this.takenUntilMs ?? this.asked.expiresAtMs
  }
}

export const nobody: readonly Waiter[] = []

/** @param over nobody decides it and nobody takes it any more */
export function recordOf(entry: PendingEntry, over = false): JournalRecord {
  return { kind: 'factor-request', request: storedRequest(entry, over) }
}

/** One that a former process wrote down; undefined where it is over, or nobody can decide it any more. */
export function restored({ asked, ending, sent, usableUntilMs }: StoredAsk, nowMs: number): PendingEntry | undefined {
  if (usableUntilMs <= nowMs || (ending !== null && ending !== 'approved')) return undefined
  if (ending === null && isOutOfReach(asked, sent)) return undefined
  const entry = new PendingEntry(asked, null)
  entry.ending = ending
  entry.sent = sent
  if (ending !== null) entry.takenUntilMs = usableUntilMs
  return entry
}

/** After a restart: a text or call that may not have gone out; and a call that rings, for only the process that made it knew its keys. */
function isOutOfReach({ method }: AskedPerson, sent: boolean | null): boolean {
  return method !== 'push' && (sent === null || method === 'call')
}
