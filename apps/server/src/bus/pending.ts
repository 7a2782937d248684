/**
 * Sign-ins that wait for a person, between the threads: the engine opens and closes them and orders that somebody be reached; the
 * main thread delivers, and brings back what the person decided.
 */
import type { FactorKind } from '@sallyport/contract'

import type { CallJob, Delivered, MailJob, TextJob } from './delivery-jobs.ts'

/** How an approval in the app is tied to the device that shows or takes the number. */
export type NumberMatching =
  | { readonly kind: 'none' }
  /** The device shows one of these; the person picks it in the app, which is not told which it is. */
  | { readonly kind: 'pick'; readonly choices: readonly string[] }
  /** The app shows this once it has approved, and the person types it at the device. */
  | { readonly kind: 'type'; readonly number: string }

/** A sign-in that waits for a person, as the main thread needs it. Only push, call and the text that wants a reply can be decided. */
export interface PendingRequest {
  /** A UUID; also the id of what is delivered for it. */
  readonly id: string
  readonly signInId: string
  readonly userId: string
  readonly username: string
  readonly method: FactorKind
  readonly clientId: string
  readonly applicationName: string
  /** Calling-Station-Id: where the person says they are; null where the device did not say. */
  readonly callingStation: string | null
  /** Milliseconds since 1970. */
  readonly startedAtMs: number
  readonly expiresAtMs: number
  readonly matching: NumberMatching
  /** The app, or the call, asks for the PIN as well. */
  readonly withPin: boolean
  /** Of a push: the devices that are asked. */
  readonly deviceIds: readonly string[]
  /** Of a text that wants a reply: the number that it must come from, E.164. */
  readonly repliesFrom?: string
}

/** What became of one; `answered`: a code was typed at the device, right or not. */
export type PendingOutcome =
  'approved' | 'denied' | 'fraud' | 'no-answer' | 'cancelled' | 'answered' | 'failed' | 'wrong-number' | 'wrong-pin'

export type PendingNews =
  | { readonly kind: 'opened'; readonly pending: PendingRequest }
  | {
      readonly kind: 'closed'
      readonly id: string
      readonly outcome: PendingOutcome
      /** Of a push: the devices that were asked. */
      readonly deviceIds: readonly string[]
    }

/** From the engine: reach a person. For a push, the request itself says all there is to say. */
export type DeliveryOrder =
  | { readonly id: string; readonly kind: 'push' }
  | { readonly id: string; readonly kind: 'text'; readonly job: TextJob }
  | { readonly id: string; readonly kind: 'call'; readonly job: CallJob }
  | { readonly id: string; readonly kind: 'mail'; readonly job: MailJob }

export type DeliveryKind = DeliveryOrder['kind']
export type DeliveryHandler<Kind extends DeliveryKind> = (
  order: Extract<DeliveryOrder, { readonly kind: Kind }>,
) => Promise<Delivered>

/** From the main thread, which has proven who says so (signature, callback, session): whether it still counts, the engine decides. */
export interface PendingDecision {
  /** Of the request; of a question at the device, the sign-in's. */
  readonly id: string
  readonly by:
    | { readonly kind: 'app'; readonly deviceId: string }
    /** E.164. */
    | { readonly kind: 'text'; readonly from: string }
    | { readonly kind: 'call' }
    | { readonly kind: 'administrator'; readonly name: string }
  /** `cancel` is for administrators, and all that they may. */
  readonly decision: 'approve' | 'deny' | 'fraud' | 'cancel'
  /** App: the number that was picked. Text: the digits of the reply, a PIN behind the code where one is asked for. */
  readonly number: string | null
  /** App and call, where a PIN is asked for. */
  readonly pin: string | null
}

/**
 * `taken`: it counts, and goes on counting after a crash. `wrong-pin`: the same person may try again, a few times. `wrong-number`
 * in a reply likewise; one that was picked in the app ends the sign-in.
 */
export type DecisionOutcome =
  'taken' | 'unknown' | 'expired' | 'already-decided' | 'wrong-number' | 'wrong-pin' | 'not-yours'

/** How a call ended that nobody decided in. */
export type CallEnd = 'busy' | 'no-answer' | 'hung-up' | 'failed'

/** A sign-in that waits for something to be typed at the device. */
export type OpenQuestion = Pick<
  PendingRequest,
  'signInId' | 'userId' | 'username' | 'method' | 'applicationName' | 'startedAtMs' | 'expiresAtMs'
>

export interface OpenQuestions {
  readonly total: number
  /** Those who were asked first. */
  readonly first: readonly OpenQuestion[]
}

/** The part of the engine's control that is about people being asked. */
export interface PendingControl {
  /** Resolves when it is durable; rejects where it could not be written down, and does not count then. */
  decide(decision: PendingDecision): Promise<DecisionOutcome>
  /** Who is being asked at this moment, as the news so far tell: so many of those who were asked first, and how many there are. */
  pending(atMost: number): { readonly total: number; readonly first: readonly PendingRequest[] }
  /** Who is asked to type something at the device, which the news do not tell: the engine is asked. */
  questions(atMost: number): Promise<OpenQuestions>
  pendingOf(id: string): PendingRequest | undefined
  /** The answer stops the listener. */
  onPending(listener: (news: PendingNews) => void): () => void
  /** Who carries out orders of a kind; what was ordered before anybody did is carried out now. The answer lets go of them. */
  onOrder<Kind extends DeliveryKind>(kind: Kind, handler: DeliveryHandler<Kind>): () => void
  /** Whoever carries out orders has come: from now on, a factor that nobody carries out is passed over. Before, it waits. */
  wired(): void
  /** A call ended without a decision. */
  callEnded(id: string, how: CallEnd): void
}
