/** The main thread's end of the bus for people who are asked: who they are, who hears of it, and who carries out the orders. */
import type {
  DeliveryHandler,
  DeliveryKind,
  DeliveryOrder,
  PendingControl,
  PendingNews,
  PendingRequest,
} from '../bus/pending.ts'
import type { Delivered } from '../bus/delivery-jobs.ts'
import type { EngineWord } from './messages.ts'
import { packPending, unpackPending } from './packed-pending.ts'

export interface PendingMirror {
  readonly control: Omit<PendingControl, 'decide' | 'questions'>
  hear(news: PendingNews): void
  carryOut(order: DeliveryOrder): void
}

type AnyHandler = (order: DeliveryOrder) => Promise<Delivered>

/** So many orders wait at most for somebody to carry them out, right after a start. */
const waitingAtMost = 1_000

export function createPendingMirror(tell: (word: EngineWord) => void): PendingMirror {
  /** By id, packed: thousands may be asked at once, each for a minute. */
  const open = new Map<string, string>()
  const listeners = new Set<(news: PendingNews) => void>()
  const handlers = new Map<DeliveryKind, AnyHandler>()
  let waiting: DeliveryOrder[] = []
  let isWired = false

  function tellReach(): void {
    if (!isWired) return
    tell({ kind: 'reach', kinds: [...handlers.keys()] })
    const lost = waiting.filter(({ kind }) => !handlers.has(kind))
    waiting = []
    for (const { id, kind } of lost) {
      const problems = [{ gateway: kind, problem: 'Nothing here delivers that.' }]
      tell({ kind: 'delivered', requestId: id, delivered: { kind: 'failed', problems, retryable: false } })
    }
  }

  function carryOut(order: DeliveryOrder): void {
    const handler = handlers.get(order.kind)
    if (!handler) {
      if (waiting.length < waitingAtMost) waiting.push(order)
      tellReach()
      return
    }
    const answer = (delivered: Delivered) => tell({ kind: 'delivered', requestId: order.id, delivered })
    handler(order).then(answer, (error: unknown) => {
      const problem = error instanceof Error ? error.message : 'It could not be delivered.'
      answer({ kind: 'failed', problems: [{ gateway: order.kind, problem }], retryable: false })
    })
  }

  return {
    carryOut,
    hear(news) {
      if (news.kind === 'opened') open.set(news.pending.id, packPending(news.pending))
      else open.delete(news.id)
      for (const listener of listeners) listener(news)
    },
    control: {
      pending(atMost) {
        const first: PendingRequest[] = []
        for (const [id, text] of open) {
          if (first.length >= atMost) break
          first.push(unpackPending(id, text))
        }
        return { total: open.size, first }
      },
      pendingOf(id) {
        const text = open.get(id)
        return text === undefined ? undefined : unpackPending(id, text)
      },
      onPending(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      onOrder<Kind extends DeliveryKind>(kind: Kind, handler: DeliveryHandler<Kind>) {
        // An order comes to the handler of its own kind alone.
        const own = handler as AnyHandler
        handlers.set(kind, own)
        const now = waiting.filter((order) => order.kind === kind)
        waiting = waiting.filter((order) => order.kind !== kind)
        now.forEach(carryOut)
        tellReach()
        return () => {
          if (handlers.get(kind) !== own) return
          handlers.delete(kind)
          tellReach()
        }
      },
      wired() {
        isWired = true
        tellReach()
      },
      callEnded: (requestId, how) => tell({ kind: 'call-ended', requestId, how }),
    },
  }
}
