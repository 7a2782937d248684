/** Retention: what is kept for how long, what is there, and what is or was removed. */
import type { RetentionDays, RetentionHold, RetentionKind, RetentionRun, RetentionSettings } from '@sallyport/contract'
import type { Actor, Change } from './change.ts'

/** What there is of a kind. */
export interface RetentionStockRow {
  readonly kind: RetentionKind
  readonly rows: number
  readonly oldestAtMs: number | null
  /** On disk, with indexes: reckoned from a sample of the pages. */
  readonly octets: number
}

/** What would go of a kind. */
export interface RetentionRemoval {
  readonly kind: RetentionKind
  readonly rows: number
  readonly oldestAtMs: number
  /** What is older goes. */
  readonly beforeMs: number
}

export interface RetentionPartRecord {
  readonly kind: RetentionKind
  readonly before: Date
  readonly state: 'waiting' | 'running' | 'done' | 'held' | 'stopped'
  readonly toRemove: number
  readonly removed: number
  readonly problem: RetentionHold | null
}

export interface RetentionRunRecord {
  readonly id: string
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly problem: RetentionRun['problem']
  readonly parts: readonly RetentionPartRecord[]
}

export interface RetentionRepository {
  settings(): Promise<RetentionSettings>
  /** @param agreed what was said to go at once, for the audit trail */
  change(
    input: RetentionSettings,
    agreed: readonly Pick<RetentionRemoval, 'kind' | 'rows'>[],
    actor: Actor,
  ): Promise<Change<RetentionSettings>>
  /** The newest first. */
  runs(limit: number): Promise<readonly RetentionRunRecord[]>
}

/** The database as the thread that counts and removes sees it. */
export interface RetentionRoom {
  stock(pause: () => Promise<void>): Promise<readonly RetentionStockRow[]>
  /** What would go now if records were kept for so many days; of kinds of which anything would. */
  preview(days: RetentionDays, pause: () => Promise<void>): Promise<readonly RetentionRemoval[]>
  /**
   * Removes what is older than it is kept for, in transactions of some milliseconds.
   * @param pause awaited between two of them, with how long the last one took; rejects where the work is to end early
   */
  run(pause: (tookMs: number) => Promise<void>): Promise<void>
  /** Of the database; what is free in it is used again before it grows. */
  file(): { readonly octets: number; readonly freeOctets: number }
  close(): void
}
