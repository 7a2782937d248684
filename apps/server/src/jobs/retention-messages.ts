/** What the main thread and the thread that counts and removes old records say to each other. */
import type { RetentionDays } from '@sallyport/contract'

import type { RetentionRemovalFound, RetentionStockTaken } from '../bus/retention-control.ts'

export interface RetentionThreadData {
  readonly dataDir: string
  readonly job: RetentionJob
}

export type RetentionJob =
  { readonly kind: 'count' } | { readonly kind: 'preview'; readonly days: RetentionDays } | { readonly kind: 'remove' }

/** All that the thread is ever told: end after the transaction that is under way. */
export interface RetentionRequest {
  readonly kind: 'stop'
}

export type RetentionNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'counted'; readonly stock: RetentionStockTaken }
  | { readonly kind: 'previewed'; readonly removals: readonly RetentionRemovalFound[] }
  | { readonly kind: 'ended' }
