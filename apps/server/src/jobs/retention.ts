/** Keeps records no longer than they are to be kept: once a day, in a thread of its own, and at once when somebody chose a shorter time. */
import type { Worker } from 'node:worker_threads'

import type { Store } from '@sallyport/store'

import type { RetentionControl, RetentionRemovalFound, RetentionStockTaken } from '../bus/retention-control.ts'
import { startThread } from '../threads/start-thread.ts'
import { untilEnded } from '../threads/until-ended.ts'
import type { RetentionJob, RetentionNews, RetentionRequest, RetentionThreadData } from './retention-messages.ts'

export interface RetentionOptions {
  readonly store: Pick<Store, 'retention'>
  readonly dataDir: string
  readonly clock: () => Date
  readonly onProblem: (error: unknown) => void
}

export interface Retention extends RetentionControl {
  /** Looks from now on whether it is time. */
  begin(): void
  /** Removes if it is time. */
  tick(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

const lookEveryMs = 60_000
const everyMs = 24 * 3_600_000
/** After one that ended early. */
const againAfterMs = 3_600_000
const countedForMs = 5 * 60_000

export function createRetention({ store, dataDir, clock, onProblem }: RetentionOptions): Retention {
  const workers = new Map<Worker, Promise<void>>()
  let removing: { readonly stop: () => void; readonly ended: Promise<void> } | undefined
  let counting: Promise<void> | undefined
  let stock: RetentionStockTaken | null = null
  let timer: NodeJS.Timeout | undefined
  let isClosing = false
  let changes: Promise<void> = Promise.resolve()

  async function carryOut(
    job: RetentionJob,
    onNews: (news: RetentionNews) => void,
    onStarted: (worker: Worker) => void = () => undefined,
  ): Promise<void> {
    const data: RetentionThreadData = { dataDir, job }
    const worker = await startThread('retention-thread', data, [])
    worker.on('message', onNews)
    const ended = untilEnded(worker, 'retention')
    workers.set(worker, ended)
    if (isClosing) stop(worker)
    onStarted(worker)
    try {
      await ended
    } finally {
      workers.delete(worker)
    }
  }

  function count(): void {
    if (isClosing || counting !== undefined) return
    counting = carryOut({ kind: 'count' }, (news) => {
      if (news.kind === 'counted') stock = news.stock
    })
      .catch(onProblem)
      .finally(() => (counting = undefined))
  }

  function remove(): void {
    if (isClosing || removing !== undefined) return
    let worker: Worker | undefined
    let isStopped = false
    const ended = carryOut(
      { kind: 'remove' },
      () => undefined,
      (started) => {
        worker = started
        if (isStopped) stop(started)
      },
    )
      .catch(onProblem)
      .finally(() => {
        removing = undefined
        // What was counted before is not true any more.
        stock = stock && { ...stock, countedAtMs: 0 }
      })
    removing = {
      ended,
      stop: () => {
        isStopped = true
        if (worker !== undefined) stop(worker)
      },
    }
  }

  async function tick(): Promise<void> {
    if (isClosing || removing !== undefined) return
    const { days } = await store.retention.settings()
    if (Object.values(days).every((each) => each === null)) return
    const [last] = await store.retention.runs(1)
    // A clock that was put back does not keep it waiting for ever.
    const passedMs = last === undefined ? Infinity : Math.abs(clock().getTime() - last.startedAt.getTime())
    const endedEarly = last !== undefined && (last.finishedAt === null || last.problem !== null)
    if (passedMs >= (endedEarly ? againAfterMs : everyMs)) remove()
  }

  async function beginAnew(): Promise<void> {
    removing?.stop()
    await removing?.ended
    const { days } = await store.retention.settings()
    if (Object.values(days).some((each) => each !== null)) remove()
  }

  const inTurn = (work: () => Promise<void>) => {
    changes = changes.then(work).catch(onProblem)
  }

  return {
    stock() {
      if (stock === null || Math.abs(Date.now() - stock.countedAtMs) >= countedForMs) count()
      return stock
    },
    isCounting: () => counting !== undefined,
    async preview(days) {
      let found: readonly RetentionRemovalFound[] = []
      await carryOut({ kind: 'preview', days }, (news) => {
        if (news.kind === 'previewed') found = news.removals
      })
      return found
    },
    settingsChanged: () => inTurn(beginAnew),
    tick,
    begin() {
      timer = setInterval(() => inTurn(tick), lookEveryMs)
      timer.unref()
    },
    async idle() {
      await changes
      await removing?.ended
      await counting
    },
    async close() {
      isClosing = true
      clearInterval(timer)
      for (const worker of workers.keys()) stop(worker)
      await changes
      await Promise.allSettled([removing?.ended, counting, ...workers.values()])
    },
  }
}

function stop(worker: Worker): void {
  const request: RetentionRequest = { kind: 'stop' }
  worker.postMessage(request)
}
