/**
 * The seam of the room: what it is asked to bring to a person, and what it tells of it. Everything here but the functions can be
 * cloned, so that the room may live in another thread than its callers.
 */
import type { CallbackAnswer, CallbackRequest } from '../bus/gateway-callbacks.ts'
import type { CallJob, Delivered, MailJob, TextJob } from '../bus/delivery-jobs.ts'

/** What comes later. Keys of a call are no news: the person on the phone waits for an answer (`JudgeKeys`). */
export type DeliveryNews =
  | {
      readonly kind: 'receipt'
      readonly jobId: string
      readonly state: 'delivered' | 'failed' | 'unknown'
      /** What the gateway calls it. */
      readonly detail: string
    }
  | {
      readonly kind: 'reply'
      /** E.164. */
      readonly from: string
      readonly to: string
      readonly text: string
      /** The job that it must belong to; null where none waits for a reply of this number, or several do. */
      readonly jobId: string | null
    }
  | {
      readonly kind: 'call'
      readonly jobId: string
      readonly event: 'answered' | 'busy' | 'no-answer' | 'hung-up' | 'failed'
    }

/**
 * Judges what a person has keyed in a call: `keys` are the digits before #, empty for # alone. The caller hears the answer:
 * `again` asks once more. Whoever does not answer within 5 s has refused.
 */
export type JudgeKeys = (keys: {
  readonly jobId: string
  readonly keys: string
}) => Promise<'accepted' | 'again' | 'refused' | 'fraud'>

export type GatewayKind = 'sms' | 'voice' | 'mail'

/** How a gateway does, by what was asked of it last. */
export interface GatewayHealth {
  readonly id: string
  readonly kind: GatewayKind
  /** `suspect`: asked after the others until it answers again. */
  readonly state: 'unknown' | 'up' | 'suspect'
  readonly sinceMs: number | null
  /** Why it is suspect. */
  readonly problem: string | null
}

/** The room. Nothing here throws for what a gateway, a person or the network does. */
export interface Delivery {
  text(job: TextJob): Promise<Delivered>
  call(job: CallJob): Promise<Delivered>
  mail(job: MailJob): Promise<Delivered>
  health(): readonly GatewayHealth[]
  /** A text that another process sent: a reply of this number (E.164) before the deadline, ms since 1970, is news of this job. */
  expectReply(from: string, jobId: string, deadlineMs: number): void
  /**
   * For whoever listens for gateways, at `/callbacks/<gatewayId>/<kind>`: verified, or refused without effect. What is unknown
   * answers 404.
   */
  handleCallback(gatewayId: string, kind: string, request: CallbackRequest): Promise<CallbackAnswer>
}
