/** What the main thread and the engine's thread say to each other. */
import { parentPort, type MessagePort } from 'node:worker_threads'

import type { ConfigNotice, EngineStatus } from '../bus/notices.ts'

/** What a thread of the engine is started with. */
export interface EngineThreadData {
  readonly dataDir: string
  readonly addresses: readonly string[]
  /** The way to the writer. */
  readonly writer: MessagePort
}

export interface WriterThreadData {
  readonly dataDir: string
  /** The way to the engine. */
  readonly engine: MessagePort
}

export type EngineRequest =
  | { readonly id: number; readonly kind: 'apply'; readonly notice: ConfigNotice }
  | { readonly id: number; readonly kind: 'status' }
  | { readonly id: number; readonly kind: 'stop'; readonly graceMs: number }

/** A thread says `ready` once, or ends with an error. `problem` is for the server's own log. */
export type ThreadMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'problem'; readonly where: string; readonly message: string }
  | { readonly kind: 'reply'; readonly id: number; readonly status: EngineStatus }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }

/** The way to the main thread. */
export function mainThread(): MessagePort {
  if (!parentPort) throw new Error('this module runs in a worker thread')
  return parentPort
}
