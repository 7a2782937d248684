/** Log forwarding as the main thread holds it: starts the thread that sends, again where it ends, and hears how it does. */
import { hostname } from 'node:os'
import type { Worker } from 'node:worker_threads'

import { logEventsLimit } from '@sallyport/store/log-forwarding'

import type {
  AuditCheck,
  LogForwardingControl,
  LogReceiverState,
  LogReceiverTest,
} from '../bus/log-forwarding-control.ts'
import { startThread } from '../threads/start-thread.ts'
import type { LogNews, LogRequest, LogThreadData } from './messages.ts'

export interface LogForwardingOptions {
  readonly dataDir: string
  readonly version: string
  readonly onProblem: (error: unknown) => void
}

export interface LogForwarding extends LogForwardingControl {
  close(): Promise<void>
}

type Asked =
  | { readonly kind: 'receivers-changed' }
  | { readonly kind: 'test'; readonly receiverId: string }
  | { readonly kind: 'stop' }

const startAgainAfterMs = 5_000
const answerWithinMs = 30_000

export async function startLogForwarding({
  dataDir,
  version,
  onProblem,
}: LogForwardingOptions): Promise<LogForwarding> {
  const data: LogThreadData = { dataDir, version, hostname: hostname() }
  const waiting = new Map<number, (result: LogReceiverTest | undefined) => void>()
  let worker: Worker | undefined
  let states: readonly LogReceiverState[] = []
  let audit: AuditCheck | null = null
  let asked = 0
  let isClosing = false
  let again: NodeJS.Timeout | undefined

  async function start(): Promise<void> {
    const started = await startThread('log-thread', data, [])
    worker = started
    started.on('message', (news: LogNews) => {
      if (news.kind === 'states') states = news.states
      if (news.kind === 'audit') audit = news.check
      if (news.kind === 'done') waiting.get(news.id)?.(undefined)
      if (news.kind === 'tested') waiting.get(news.id)?.(news.result)
    })
    started.on('error', onProblem)
    started.once('exit', () => {
      worker = undefined
      states = []
      for (const settle of [...waiting.values()]) settle(undefined)
      if (isClosing) return
      // Nothing is lost by it: it goes on where each receiver is.
      again = setTimeout(() => void start().catch(onProblem), startAgainAfterMs)
      again.unref()
    })
  }

  /** Undefined also where the thread does not answer. */
  function ask(request: Asked): Promise<LogReceiverTest | undefined> {
    const to = worker
    if (to === undefined) return Promise.resolve(undefined)
    const id = ++asked
    return new Promise((resolve) => {
      const settle = (result: LogReceiverTest | undefined) => {
        clearTimeout(timer)
        waiting.delete(id)
        resolve(result)
      }
      const timer = setTimeout(() => settle(undefined), answerWithinMs)
      waiting.set(id, settle)
      const message: LogRequest = { ...request, id }
      to.postMessage(message)
    })
  }

  await start()
  return {
    limit: logEventsLimit,
    states: () => states,
    auditCheck: () => audit,
    receiversChanged: async () => {
      await ask({ kind: 'receivers-changed' })
    },
    test: (receiverId) => ask({ kind: 'test', receiverId }),
    async close() {
      isClosing = true
      clearTimeout(again)
      const ending = worker
      await ask({ kind: 'stop' })
      await ending?.terminate()
    },
  }
}
