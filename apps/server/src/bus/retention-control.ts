/** The room that removes what is older than it is kept for, as the console's part of the server sees it. */
import type { RetentionDays, RetentionKind } from '@sallyport/contract'

/** What there is, as it was counted. */
export interface RetentionStockTaken {
  readonly countedAtMs: number
  readonly kinds: readonly {
    readonly kind: RetentionKind
    readonly rows: number
    readonly oldestAtMs: number | null
    readonly octets: number
  }[]
  readonly file: { readonly octets: number; readonly freeOctets: number }
}

export interface RetentionRemovalFound {
  readonly kind: RetentionKind
  readonly rows: number
  readonly oldestAtMs: number
  readonly beforeMs: number
}

export interface RetentionControl {
  /** Null: nothing was counted yet. Begins to count where that is some minutes ago. */
  stock(): RetentionStockTaken | null
  isCounting(): boolean
  /** What would go now if records were kept for so many days. */
  preview(days: RetentionDays): Promise<readonly RetentionRemovalFound[]>
  /** What is saved is removed by, at once. */
  settingsChanged(): void
}
