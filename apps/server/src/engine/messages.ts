/** What the main thread and the engine's thread say to each other. */
import { parentPort, type MessagePort } from 'node:worker_threads'

import type { ConfigNotice, EngineThreadStatus, ForwardingStatus } from '../bus/notices.ts'
import type { PortalDecided, PortalPort } from '../bus/portal-port.ts'
import type {
  CallEnd,
  DecisionOutcome,
  DeliveryKind,
  DeliveryOrder,
  OpenQuestions,
  PendingDecision,
  PendingNews,
} from '../bus/pending.ts'
import type { TestNews, TestPortRequest } from '../bus/test-port.ts'
import type { Delivered } from '../bus/delivery-jobs.ts'

/** What a thread of the engine is started with. */
export interface EngineThreadData {
  readonly dataDir: string
  readonly addresses: readonly string[]
  readonly sambaFolder: string
  readonly writer: MessagePort
  readonly mover: MessagePort
}

export interface WriterThreadData {
  readonly dataDir: string
  readonly engine: MessagePort
  readonly mover: MessagePort
}

export interface MoverThreadData {
  readonly dataDir: string
  readonly engine: MessagePort
  readonly writer: MessagePort
  readonly forwarder: MessagePort
}

export interface ForwarderThreadData {
  readonly dataDir: string
  readonly mover: MessagePort
}

/** From the engine to the mover: everything that is durable now has to be in the tables. */
export interface DrainRequest {
  readonly id: number
}

export interface DrainReply {
  readonly kind: 'drained'
  readonly id: number
}

/** From the mover to the engine: so many Accounting-Requests wait to be forwarded. */
export interface OutboxSize {
  readonly kind: 'outbox'
  readonly rows: number
}

/** From the forwarder to the mover: rows that were acknowledged, or everything up to a row. */
export type OutboxRequest =
  { readonly kind: 'remove'; readonly ids: readonly number[] } | { readonly kind: 'discard'; readonly upToId: number }

/** From the mover to the forwarder. */
export interface OutboxNews {
  readonly rows: number
  /** Of those that were to be removed. */
  readonly removed: number
  /** There may be new ones. */
  readonly added: boolean
  /** What was to be discarded is gone. */
  readonly discarded: boolean
}

export type ForwarderRequest =
  | { readonly id: number; readonly kind: 'apply' | 'status' | 'discard' }
  | { readonly id: number; readonly kind: 'stop'; readonly graceMs: number }

/** From the mover to the writer: groups up to this number may go from the journal. */
export interface MovedNotice {
  readonly movedUpTo: number
}

export type EngineRequest =
  | { readonly id: number; readonly kind: 'apply'; readonly notice: ConfigNotice }
  | { readonly id: number; readonly kind: 'status' }
  | { readonly id: number; readonly kind: 'stop'; readonly graceMs: number }
  | { readonly id: number; readonly kind: 'open-test'; readonly ticket: number; readonly test: TestPortRequest }
  | { readonly id: number; readonly kind: 'admit-test'; readonly ticket: number; readonly sourcePort: number }
  | { readonly id: number; readonly kind: 'close-test'; readonly ticket: number }
  | { readonly id: number; readonly kind: 'announce' }
  | { readonly id: number; readonly kind: 'questions'; readonly atMost: number }
  | { readonly id: number; readonly kind: 'decide'; readonly decision: PendingDecision }

/** Word of people who are asked, which wants no answer. */
export type EngineWord =
  | { readonly kind: 'delivered'; readonly requestId: string; readonly delivered: Delivered }
  | { readonly kind: 'call-ended'; readonly requestId: string; readonly how: CallEnd }
  | { readonly kind: 'reach'; readonly kinds: readonly DeliveryKind[] }

/** A thread says `ready` once, or ends with an error. `problem` is for the server's own log. */
export type ThreadMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'problem'; readonly where: string; readonly message: string }
  /** `port` answers `open-test`. */
  | {
      readonly kind: 'reply'
      readonly id: number
      readonly status: EngineThreadStatus
      readonly portalPort: PortalPort
      readonly port?: number
    }
  | { readonly kind: 'forwarding'; readonly id: number; readonly status: ForwarderState }
  | { readonly kind: 'portal-decided'; readonly decided: PortalDecided }
  | { readonly kind: 'questions'; readonly id: number; readonly questions: OpenQuestions }
  | { readonly kind: 'decided'; readonly id: number; readonly outcome: DecisionOutcome }
  | { readonly kind: 'pending-news'; readonly news: PendingNews }
  | { readonly kind: 'order'; readonly order: DeliveryOrder }
  | { readonly kind: 'test-news'; readonly ticket: number; readonly news: TestNews }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }

/** What the forwarder knows of {@link ForwardingStatus}. */
export type ForwarderState = Omit<ForwardingStatus, 'limit'>

/** The way to the main thread. */
export function mainThread(): MessagePort {
  if (!parentPort) throw new Error('this module runs in a worker thread')
  return parentPort
}
