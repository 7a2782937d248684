/** What the main thread and the thread of a synchronization say to each other. */

export interface SyncThreadData {
  readonly dataDir: string
  readonly runId: string
}

export type SyncRequest =
  | { readonly kind: 'cancel' }
  /** The server stops: what was begun to be applied goes on when it starts. */
  | { readonly kind: 'stop' }
  /** Sign-ins are decided by what the last `users` named: go on. */
  | { readonly kind: 'in-force' }

export type SyncNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'found'; readonly found: number }
  | { readonly kind: 'users'; readonly ids: readonly string[] }
  | { readonly kind: 'problem'; readonly message: string }
  | { readonly kind: 'ended' }
