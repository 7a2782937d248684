/**
 * Takes files of tokens in and makes tokens of them: a file is read and its rows are put down, sealed; once somebody says yes they
 * become tokens, in the background, some at a time. What was under way when the server stopped goes on when it starts.
 */
import type { Readable } from 'node:stream'
import { setImmediate as giveWay } from 'node:timers/promises'
import type { Actor, Store, StagedRow, TokenImportRecord } from '@sallyport/store'
import type { EngineControl } from '../../../bus/notices.ts'
import { ApiProblem } from '../../problems.ts'
import { refuseFile } from '../import-fault.ts'
import { readTokens, type ReadOptions } from './read-tokens.ts'

export interface TokenImportsOptions {
  readonly store: Pick<Store, 'oathImports'>
  readonly engine: EngineControl
  readonly clock: () => Date
  readonly newId: () => string
  readonly onError: (error: unknown) => void
}

/** What the administrator said before the file comes. */
interface Begun extends Omit<ReadOptions, 'onFormat'> {
  readonly fileName: string
  readonly administratorId: string
}

export interface TokenImports {
  /** The answer is the id under which the file is to come, within ten minutes. */
  begin(file: Begun): string
  /** Reads the file; nothing of it is kept where it cannot be read as a whole. */
  read(id: string, file: Readable, actor: Actor, administratorId: string): Promise<TokenImportRecord>
  /** Begins to make tokens of the good rows; they come by themselves. */
  take(id: string, actor: Actor): Promise<void>
  /** Goes on with what was under way, and forgets what nobody said yes to. */
  resume(): Promise<void>
  /** Stops between two transactions. */
  close(): Promise<void>
}

const rowsAtOnce = 250
const waitForFileMs = 10 * 60_000
const keepReadyMs = 60 * 60_000
const mostAwaited = 20
const mostAtOnce = 2

export function createTokenImports({ store, engine, clock, newId, onError }: TokenImportsOptions): TokenImports {
  const imports = store.oathImports
  const awaited = new Map<string, Begun & { readonly untilMs: number }>()
  const running = new Map<string, Promise<void>>()
  let reading = 0
  let isClosing = false

  async function stageAll(id: string, file: Readable, begun: Begun, actor: Actor): Promise<void> {
    const { fileName, key, secretFormat } = begun
    let rows: StagedRow[] = []
    const onFormat = (format: 'csv' | 'pskc') => imports.create({ id, fileName, format }, actor)
    // Left open where reading ends early: the answer goes out on the connection that the rest still comes in on.
    const pieces = file.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
    for await (const row of readTokens(pieces, { key, secretFormat, onFormat })) {
      rows.push(row)
      if (rows.length < rowsAtOnce) continue
      await imports.stage(id, rows)
      rows = []
      // SQLite answers at once: without this nobody else has a turn until all are done.
      await giveWay()
    }
    if (rows.length > 0) await imports.stage(id, rows)
  }

  async function takeAll(id: string): Promise<void> {
    while (!isClosing) {
      const userIds = await imports.takeSome(id)
      if (userIds === null) return
      // An engine that does not answer reads everything when it starts again.
      if (userIds.length > 0) await engine.configChanged({ topic: 'users', ids: userIds }).catch(onError)
      await giveWay()
    }
  }

  function run(id: string): void {
    if (running.has(id) || isClosing) return
    const work = takeAll(id)
      .catch(onError)
      .finally(() => running.delete(id))
    running.set(id, work)
  }

  async function forgetOld(): Promise<void> {
    const old = new Date(clock().getTime() - keepReadyMs)
    for (const id of await imports.inState('ready', old)) await imports.discard(id)
  }

  return {
    begin(file) {
      const nowMs = clock().getTime()
      for (const [id, { untilMs }] of awaited) if (untilMs < nowMs) awaited.delete(id)
      if (awaited.size >= mostAwaited) {
        throw new ApiProblem('too-many-requests', { detail: 'Too many files are awaited.', retryAfterSeconds: 60 })
      }
      const id = newId()
      awaited.set(id, { ...file, untilMs: nowMs + waitForFileMs })
      return id
    },

    async read(id, file, actor, administratorId) {
      const begun = awaited.get(id)
      if (begun?.administratorId !== administratorId || begun.untilMs < clock().getTime()) {
        throw new ApiProblem('not-found', {
          detail: 'Nobody said that this file would come, or it took too long: begin again.',
        })
      }
      if (reading >= mostAtOnce) {
        throw new ApiProblem('too-many-requests', { detail: 'Other files are being read.', retryAfterSeconds: 10 })
      }
      awaited.delete(id)
      reading++
      try {
        await forgetOld()
        await stageAll(id, file, begun, actor)
        const record = await imports.ready(id)
        if (record === null) throw new ApiProblem('not-found')
        return record
      } catch (error) {
        await imports.discard(id)
        refuseFile(error)
      } finally {
        reading--
        file.resume()
      }
    },

    async take(id, actor) {
      if (!(await imports.begin(id, actor)) && (await imports.byId(id))?.state !== 'importing') {
        throw new ApiProblem('not-found', { detail: 'This import is not ready any more: choose the file again.' })
      }
      run(id)
    },

    async resume() {
      for (const id of await imports.inState('reading')) await imports.discard(id)
      await forgetOld()
      for (const id of await imports.inState('importing')) run(id)
    },

    async close() {
      isClosing = true
      await Promise.all(running.values())
    },
  }
}
