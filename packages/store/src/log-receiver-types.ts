/** The receivers of log forwarding as the store keeps them, and what the thread that sends asks of it. */
import type { LogReceiverConfiguration } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

export interface LogReceiverFields {
  readonly name: string
  readonly enabled: boolean
  readonly configuration: LogReceiverConfiguration
  readonly signIns: boolean
  readonly questions: boolean
  readonly changes: boolean
  readonly accounting: boolean
}

/** What is sealed; absent: the present one stays. */
export interface LogReceiverSecrets {
  readonly headerValue?: string | undefined
  readonly privateKey?: string | undefined
}

export interface LogReceiverRecord extends LogReceiverFields {
  readonly id: string
  readonly hasHeaderValue: boolean
  readonly hasPrivateKey: boolean
  readonly version: number
}

export interface LogReceiverRepository {
  /** By name. */
  list(): Promise<readonly LogReceiverRecord[]>
  /** Opened; undefined: there is no such receiver. */
  secrets(id: string): Promise<LogReceiverSecrets | undefined>
  /** It begins with what happens from now on. `already-exists`: the name. */
  create(input: LogReceiverFields & LogReceiverSecrets, actor: Actor): Promise<Change<LogReceiverRecord>>
  /**
   * Secrets that are absent stay where `keeps` names them, and are forgotten otherwise. One that was disabled begins with what happens
   * from now on.
   */
  change(
    id: string,
    input: LogReceiverFields & LogReceiverSecrets & { version: number; keeps: readonly (keyof LogReceiverSecrets)[] },
    actor: Actor,
  ): Promise<Change<LogReceiverRecord>>
  remove(id: string, version: number, actor: Actor): Promise<Change<LogReceiverRecord>>
  /** Notes in the audit trail that a test message goes out. */
  noteTest(id: string, actor: Actor): Promise<void>
}

/** An enabled receiver, secrets open. */
export interface LogReceiverInForce extends LogReceiverFields, LogReceiverSecrets {
  readonly id: string
  readonly version: number
}

/** How far along the two sequences of what is to be sent. */
export interface LogPosition {
  readonly events: number
  readonly changes: number
}

/** One thing that happened; `body` is what the engine wrote of it, or the entry of the audit trail. */
export interface LogItem {
  readonly kind: 'sign-in' | 'question' | 'accounting' | 'change'
  /** Grows within each sequence; events and changes have one each. */
  readonly sequence: number
  readonly body: Readonly<Record<string, unknown>>
}

export interface LogProgress {
  /** Events that lie before it, of whatever kind it wants. */
  readonly waiting: number
  readonly sent: number
  readonly lost: number
  readonly lastSentAtMs: number | null
  /** When the first of what waits happened; null: nothing waits. */
  readonly oldestAtMs: number | null
}

/** The database as the thread that sends sees it. */
export interface LogRoom {
  /** Those that are enabled. */
  receivers(): readonly LogReceiverInForce[]
  /** One, enabled or not. */
  receiver(id: string): LogReceiverInForce | undefined
  /** Where a receiver goes on. */
  position(id: string): LogPosition | undefined
  /** What comes next for it, and where one is after that; no more than `limit` events are looked at. */
  next(
    receiver: LogReceiverInForce,
    after: LogPosition,
    limit: number,
  ): { readonly items: readonly LogItem[]; readonly position: LogPosition }
  /** The receiver took all that lies before. */
  confirm(id: string, position: LogPosition, sent: number, sentAtMs: number | null): void
  progress(receiver: LogReceiverInForce): LogProgress
  /** Removes some of what everybody has taken, and what is more than the limit; true: there is more to remove. */
  prune(): boolean
  /** The number of the first entry of the audit trail that was altered, removed or put in; null: the chain holds. */
  checkAudit(pause: () => Promise<void>): Promise<number | null>
  close(): void
}
