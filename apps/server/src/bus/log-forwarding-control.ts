/** The room that sends what happens to log receivers, as the console's part of the server sees it. */

/** How a receiver does at this moment. */
export interface LogReceiverState {
  readonly id: string
  readonly state: 'unknown' | 'up' | 'failing'
  readonly sinceMs: number
  readonly problem: string | null
  readonly waiting: number
  readonly oldestAtMs: number | null
  readonly sent: number
  readonly lost: number
  readonly lastSentAtMs: number | null
}

export interface LogReceiverTest {
  readonly ok: boolean
  readonly message: string
  readonly durationMs: number
}

export interface AuditCheck {
  readonly checkedAtMs: number
  /** The first entry that does not follow; null: the chain holds. */
  readonly brokenAt: number | null
}

export interface LogForwardingControl {
  /** Resolves once what is saved is what is sent by. */
  receiversChanged(): Promise<void>
  /** Of those that are enabled; nothing where the thread that sends does not answer. */
  states(): readonly LogReceiverState[]
  /** With so many events waiting, the oldest are given up. */
  readonly limit: number
  /** What came of the last check of the whole audit trail, which is made once a day; null: there was none yet. */
  auditCheck(): AuditCheck | null
  /** Sends one message; undefined where there is no such receiver. */
  test(receiverId: string): Promise<LogReceiverTest | undefined>
}
