/** What the stages know of a sign-in that waits for a person, and the narrow face of the table that keeps them. */
import type { FactorKind } from '@sallyport/contract'
import type { JournalRecord } from '@sallyport/store/engine'

import type { DeliveryOrder } from '../bus/pending.ts'

/** How it ended; `approved` counts once, for whoever takes it. */
export type Ending =
  | 'approved'
  | 'denied'
  | 'fraud'
  | 'cancelled'
  | 'wrong-number'
  | 'wrong-pin'
  /** Nobody decided in time. */
  | 'no-answer'
  /** Nobody could be reached. */
  | 'failed'
  | 'busy'
  | 'hung-up'

/** A person who is asked. All of it is written down, but for the phones, which the user's row has. */
export interface AskedPerson {
  readonly id: string
  readonly signInId: string
  readonly userId: string
  readonly username: string
  readonly method: FactorKind
  readonly clientId: string
  readonly applicationName: string
  readonly callingStation: string | null
  readonly startedAtMs: number
  /** Until then somebody may decide. */
  readonly expiresAtMs: number
  /** The keyed hash of everything that a retry repeats; empty: nothing joins. */
  readonly joinKey: string
  readonly matching: 'none' | 'pick' | 'type'
  /** The right one; empty without matching. */
  readonly number: string
  /** Of `pick`: what the app shows, the right one among them. */
  readonly choices: readonly string[]
  readonly withPin: boolean
  /** The answer is a code that is typed at the device: nobody can decide it elsewhere. */
  readonly answeredAtDevice: boolean
  readonly deviceIds: readonly string[]
  /** Sealed: the code that a reply or an answer at the device has to bring; empty: none. */
  readonly code: string
  /** Text: the number that was written to. */
  readonly phone: string
}

/** A request of a device that is answered when somebody has decided. */
export interface Waiter {
  /** Milliseconds since 1970. */
  readonly untilMs: number
  ended(ending: Ending): void
}

export interface PendingRequests {
  /**
   * Writes it down, tells of it, and orders that the person be reached; by the second order where the first meets nobody. False, and nothing happens, where too many wait.
   * Rejects where it cannot be written down.
   */
  open(asked: AskedPerson, order: DeliveryOrder, backup?: DeliveryOrder): Promise<boolean>
  find(id: string): AskedPerson | undefined
  /** One that was asked for the same sign-in, and that is open still or approved and not taken. */
  joinable(userId: string, clientId: string, joinKey: string): AskedPerson | undefined
  isApproved(id: string): boolean
  /** Whether it has gone out; false where the request is over before, or nobody knows at that time. */
  sent(id: string, untilMs: number): Promise<boolean>
  /** How it ended; `no-answer` where nobody remembers it, null: it has not yet. */
  ending(id: string): Ending | null
  /** Tells of the ending, also where it had ended before, or at its time of `no-answer`; what is open then stays open. */
  wait(id: string, waiter: Waiter): void
  /** Takes an approval, once: the record has to be durable together with what it leads to. Undefined: there is none to take. */
  take(id: string): JournalRecord | undefined
  /** Ends one that nobody decided. Undefined where it has ended already. */
  close(id: string, ending: Exclude<Ending, 'approved'> | 'answered'): JournalRecord | undefined
  /** How often this user was asked since then, over all clients. */
  askedSince(userId: string, sinceMs: number): number
}
