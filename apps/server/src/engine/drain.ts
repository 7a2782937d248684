/** Asks the mover to move everything that is durable, and waits until it has. */
import type { MessagePort } from 'node:worker_threads'

import type { DrainReply, DrainRequest, OutboxSize } from './messages.ts'

export function createDrain(mover: MessagePort): () => Promise<void> {
  const waiting = new Map<number, () => void>()
  let lastId = 0
  mover.on('message', (message: DrainReply | OutboxSize) => {
    if (message.kind !== 'drained') return
    waiting.get(message.id)?.()
    waiting.delete(message.id)
  })
  return () =>
    new Promise((resolve) => {
      const id = ++lastId
      waiting.set(id, resolve)
      mover.postMessage({ id } satisfies DrainRequest)
    })
}
