/** A way to a receiver. */
import type { LogFacts } from '../facts.ts'

export interface Transport {
  /**
   * Resolves when all of it was handed over. Rejects where it was not, with what an administrator is to read; part of it may have
   * arrived then.
   */
  send(events: readonly LogFacts[], signal: AbortSignal): Promise<void>
  /**
   * What was handed over counts as taken so long after, in ms, unless the connection fails before: syslog acknowledges nothing.
   * 0 where the receiver says that it took it, and where nobody ever knows (UDP).
   */
  readonly settleMs: number
  /** Why the connection that was open has failed since; null: it has not. */
  failed(): Error | null
  /** How many events are sent at once. */
  batch(): number
  /** True: it ended in order, and what was handed over has arrived. May be called again. */
  close(): Promise<boolean>
}

export interface TransportContext {
  readonly hostname: string
  readonly version: string
  readonly timeoutMs: number
}
