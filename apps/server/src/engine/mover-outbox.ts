/** The mover's end of forwarding: removes what was acknowledged when the database lets it, and says how much waits. */
import type { MessagePort } from 'node:worker_threads'

import type { Mover } from '@sallyport/store/engine'

import type { OutboxNews, OutboxRequest, OutboxSize } from './messages.ts'

export interface MoverOutbox {
  /** Says how much waits, where that has changed: to be called after each move. */
  tell(): void
  /** Removes what is left to remove, as far as the database lets it. */
  close(): void
}

const removedAtOnce = 500
/** Each removal costs a commit, whatever it removes. After `kill -9`, what was acknowledged for so long is sent once more. */
const gatherMs = 50

export function createMoverOutbox(
  mover: Mover,
  { engine, forwarder }: { readonly engine: MessagePort; readonly forwarder: MessagePort },
  onError: (error: unknown) => void,
): MoverOutbox {
  let acknowledged: number[] = []
  let discardUpTo: number | undefined
  let rowsSaid = 0
  let isFirst = true
  let next: NodeJS.Timeout | undefined

  forwarder.on('message', (request: OutboxRequest) => {
    if (request.kind === 'remove') acknowledged.push(...request.ids)
    else discardUpTo = request.upToId
    next ??= setTimeout(work, request.kind === 'remove' ? gatherMs : 0)
  })

  function say(news: Omit<OutboxNews, 'rows'>): void {
    const rows = mover.outboxRows()
    const { removed, added, discarded } = news
    if (!isFirst && rows === rowsSaid && removed === 0 && !discarded) return
    isFirst = false
    rowsSaid = rows
    forwarder.postMessage({ rows, removed, added, discarded } satisfies OutboxNews)
    engine.postMessage({ kind: 'outbox', rows } satisfies OutboxSize)
  }

  function tell(): void {
    say({ added: mover.outboxRows() > rowsSaid, removed: 0, discarded: false })
  }

  /** True where it could do something. */
  function removeSome(): boolean {
    tell()
    const some = acknowledged.slice(0, removedAtOnce)
    const removed = some.length > 0 && mover.removeForwarded(some) ? some.length : 0
    acknowledged = acknowledged.slice(removed)
    const before = mover.outboxRows()
    const discarded = discardUpTo !== undefined && mover.discardOutbox(discardUpTo)
    if (discarded) discardUpTo = undefined
    say({ added: false, removed, discarded })
    return removed > 0 || mover.outboxRows() < before
  }

  function work(): void {
    next = undefined
    try {
      const didSome = removeSome()
      if (acknowledged.length > 0 || discardUpTo !== undefined) next = setTimeout(work, didSome ? 0 : gatherMs)
    } catch (error) {
      onError(error)
      next = setTimeout(work, gatherMs)
    }
  }

  return {
    tell,
    close() {
      clearTimeout(next)
      while (acknowledged.length > 0 && removeSome());
      forwarder.close()
    },
  }
}
