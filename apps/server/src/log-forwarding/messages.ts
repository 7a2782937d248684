/** What the main thread and the thread that sends to log receivers say to each other. */
import type { AuditCheck, LogReceiverState, LogReceiverTest } from '../bus/log-forwarding-control.ts'

export interface LogThreadData {
  readonly dataDir: string
  readonly hostname: string
  readonly version: string
}

export type LogRequest =
  | { readonly kind: 'receivers-changed'; readonly id: number }
  | { readonly kind: 'test'; readonly id: number; readonly receiverId: string }
  | { readonly kind: 'stop'; readonly id: number }

export type LogNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'tested'; readonly id: number; readonly result: LogReceiverTest | undefined }
  | { readonly kind: 'audit'; readonly check: AuditCheck }
  | { readonly kind: 'states'; readonly states: readonly LogReceiverState[] }
