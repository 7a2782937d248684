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
