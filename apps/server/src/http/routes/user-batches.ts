/** Many users at once: begun here, carried out behind the answer, each piece in force before the next. */
import type { api, UserBatchView } from '@sallyport/contract'
import type { BegunBatch, Store, UserBatchRecord } from '@sallyport/store'
import type { FastifyBaseLogger } from 'fastify'
import type { EngineControl } from '../../bus/notices.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { ApiProblem, invalidInput } from '../problems.ts'

export interface UserBatchRouteDependencies {
  readonly store: Pick<Store, 'userBatches'>
  readonly engine: EngineControl
  readonly clock: () => Date
  readonly onReady: (begin: () => Promise<void>) => void
  readonly onClose: (end: () => Promise<void>) => void
}

const sweepEveryMs = 10 * 60_000
const gone = 'This is not known any more: what was done to many users at once can be looked at for a day.'
const words = {
  'not-found': gone,
  'too-late': 'This cannot be taken back any more: an hour has passed, or it was taken back already.',
  running: 'This is still being done, or being taken back: wait until it has ended.',
}

export function userBatchHandlers({
  store: { userBatches },
  engine,
  clock,
  onReady,
  onClose,
}: UserBatchRouteDependencies): Handlers<typeof api.userBatches> {
  const running = new Set<Promise<void>>()
  const closing = new AbortController()
  const carryOut = ({ batch, carryOut: work }: BegunBatch, log: Pick<FastifyBaseLogger, 'error'>): UserBatchView => {
    const afterPiece = async (ids: readonly string[]) => {
      await putInForce(engine, { topic: 'users', ids })
      closing.signal.throwIfAborted()
    }
    const done: Promise<void> = work(afterPiece)
      .catch((error: unknown) => {
        if (!closing.signal.aborted) log.error(error, 'what was to be done to many users stopped half-way')
      })
      .finally(() => running.delete(done))
    running.add(done)
    return batchView(batch)
  }
  // One that fails is made up for by the next.
  const timer = setInterval(() => void userBatches.sweep().catch(() => undefined), sweepEveryMs).unref()
  onReady(async () => {
    await userBatches.stopRunning()
    await userBatches.sweep()
  })
  onClose(async () => {
    clearInterval(timer)
    closing.abort()
    await Promise.all(running)
  })
  return {
    async begin({ body: { selection, act }, caller, log }) {
      const begun = await userBatches.begin(selection, act.kind === 'remove' ? act : change(act, clock()), caller.actor)
      if (begun.ok) return carryOut(begun, log)
      const detail = `${begun.count} users match by now: look at the list again before you change them all.`
      throw new ApiProblem('changed-meanwhile', { detail })
    },
    async read({ params }) {
      const batch = await userBatches.byId(params.id)
      if (batch === null) throw new ApiProblem('not-found', { detail: gone })
      return batchView(batch)
    },
    async undo({ params, caller, log }) {
      const batch = await userBatches.byId(params.id)
      if (batch?.administratorId !== caller.administrator.id) throw new ApiProblem('not-found', { detail: gone })
      const begun = await userBatches.beginUndo(params.id, caller.actor)
      if (begun.ok) return carryOut(begun, log)
      throw new ApiProblem(begun.problem === 'running' ? 'changed-meanwhile' : 'not-found', {
        detail: words[begun.problem],
      })
    },
  }
}

type Begin = Parameters<Handlers<typeof api.userBatches>['begin']>[0]['body']['act']

function change({ changes: { block, ...changes } }: Extract<Begin, { kind: 'change' }>, now: Date) {
  const until = block?.until ? new Date(block.until) : null
  if (until !== null && until <= now)
    throw invalidInput({ path: 'act.changes.block.until', message: 'Choose a time that lies ahead.' })
  return { kind: 'change', changes: { ...changes, ...(block && { block: { reason: block.reason, until } }) } } as const
}

function batchView({ at, undoUntil, notBroughtBack, ...record }: UserBatchRecord): UserBatchView {
  const { id, administrator, kind, state, total, done, changed } = record
  return {
    ...{ id, administrator, kind, state, total, done, changed },
    at: at.toISOString(),
    undoUntil: undoUntil?.toISOString() ?? null,
    notBroughtBack: [...notBroughtBack],
  }
}
