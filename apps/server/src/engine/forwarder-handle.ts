/** The main thread's hold on the forwarder: starts it, tells it what changed, asks how it does, and stops it. */
import type { MessagePort, Worker } from 'node:worker_threads'

import type { ForwarderRequest, ForwarderState, ForwarderThreadData, ThreadMessage } from './messages.ts'
import { startThread } from '../threads/start-thread.ts'

export interface ForwarderHandle {
  readonly worker: Worker
  /** The servers of the target have changed. */
  apply(): Promise<void>
  status(): Promise<ForwarderState>
  /** Gives up what waits; resolves when it is gone. */
  discard(): Promise<void>
  /** Resolves when what is under way has ended, and what was acknowledged is removed. */
  stop(graceMs: number): Promise<void>
}

const answerWithinMs = 10_000
/** A million rows, in small transactions. */
const discardWithinMs = 120_000

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

interface Waiter {
  readonly resolve: (status: ForwarderState) => void
  readonly reject: (error: Error) => void
}

/** @param mover the way to the mover's thread, which removes what was acknowledged */
export async function startForwarder(dataDir: string, mover: MessagePort): Promise<ForwarderHandle> {
  const data: ForwarderThreadData = { dataDir, mover }
  const worker = await startThread('forwarder-thread', data, [mover])
  const waiting = new Map<number, Waiter>()
  let lastId = 0
  worker.on('message', (message: ThreadMessage) => {
    if (message.kind === 'forwarding') waiting.get(message.id)?.resolve(message.status)
    if (message.kind === 'refused') waiting.get(message.id)?.reject(new Error(message.message))
  })

  function ask(request: WithoutId<ForwarderRequest>, withinMs = answerWithinMs): Promise<ForwarderState> {
    const id = ++lastId
    return new Promise<ForwarderState>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      setTimeout(() => reject(new Error('the forwarder did not answer in time')), withinMs).unref()
      worker.postMessage({ ...request, id })
    }).finally(() => waiting.delete(id))
  }

  return {
    worker,
    async apply() {
      await ask({ kind: 'apply' })
    },
    status: () => ask({ kind: 'status' }),
    async discard() {
      await ask({ kind: 'discard' }, discardWithinMs)
    },
    async stop(graceMs) {
      await ask({ kind: 'stop', graceMs })
    },
  }
}
