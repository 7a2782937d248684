/** Keeps users at what the directory says: starts a run when it is time or somebody asks, one at a time, each in a thread of its own. */
import type { Store, SyncRunRecord } from '@sallyport/store'

import type { DirectorySyncControl } from '../bus/directory-sync-control.ts'
import type { EngineControl } from '../bus/notices.ts'
import { startThread } from '../threads/start-thread.ts'
import { untilEnded } from '../threads/until-ended.ts'
import { createBrowser } from './browse.ts'
import type { SyncNews, SyncRequest, SyncThreadData } from './messages.ts'
import { createPeopleSearch } from './people-search.ts'
import { preview } from './preview.ts'

export interface DirectorySyncOptions {
  readonly store: Pick<Store, 'directorySync' | 'settings'>
  readonly engine: Pick<EngineControl, 'configChanged'>
  readonly dataDir: string
  readonly clock: () => Date
  readonly onProblem: (error: unknown) => void
}

export interface DirectorySync extends DirectorySyncControl {
  /** Goes on with what was under way when the server stopped, and looks from now on whether it is time. */
  begin(): Promise<void>
  /** Starts a run if it is time for one. */
  tick(): Promise<void>
  /** Resolves when no run is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface Running {
  readonly id: string
  found: number
  end(how: 'cancel' | 'stop'): void
  readonly ended: Promise<void>
}

const lookEveryMs = 15_000
const interrupted = 'The server was stopped while the directory was read. Nothing was changed.'

export function createDirectorySync({ store, engine, dataDir, clock, onProblem }: DirectorySyncOptions): DirectorySync {
  const runs = store.directorySync
  const read = async () => ({ ldap: await store.settings.ldap(), settings: await runs.settings() })
  const browser = createBrowser(read)
  const people = createPeopleSearch(read)
  let running: Running | undefined
  /** Of the last run that began here. The store's newest may be of a time that has yet to come, where the clock was put back. */
  let startedAt: Date | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosing = false

  function launch(id: string): void {
    if (isClosing || running !== undefined) return
    const control = new AbortController()
    const now: Running = { id, found: 0, end: (how) => control.abort(how), ended: Promise.resolve() }
    const ended = carryOut(now, control.signal)
      .catch(async (error: unknown) => {
        onProblem(error)
        const problem = 'The synchronization ended unexpectedly: the server’s log says why.'
        await runs.end(id, ['reading', 'comparing', 'applying'], { state: 'failed', problem }, null)
      })
      .catch(onProblem)
      .finally(() => (running = undefined))
    running = Object.assign(now, { ended })
  }

  async function carryOut(now: Running, signal: AbortSignal): Promise<void> {
    const data: SyncThreadData = { dataDir, runId: now.id }
    const worker = await startThread('sync-thread', data, [])
    const say = (request: SyncRequest) => worker.postMessage(request)
    const end = () => say({ kind: signal.reason === 'stop' ? 'stop' : 'cancel' })
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    worker.on('message', (news: SyncNews) => {
      if (news.kind === 'found') now.found = news.found
      if (news.kind === 'problem') onProblem(new Error(news.message))
      // An engine that does not answer reads everything when it starts again.
      if (news.kind === 'users') {
        const told = engine.configChanged({ topic: 'users', ids: news.ids }).catch(onProblem)
        void told.then(() => say({ kind: 'in-force' }))
      }
    })
    await untilEnded(worker, 'a synchronization')
    await runs.forgetOld()
  }

  const nowOf = (run: SyncRunRecord) => {
    const isRunning = running?.id === run.id
    return { ...run, isRunning, found: Math.max(run.found, isRunning ? (running?.found ?? 0) : 0) }
  }

  async function start(
    how: { readonly dryRun: boolean; readonly full: boolean },
    actor: Parameters<typeof runs.begin>[1],
  ) {
    const { alwaysFull } = await runs.settings()
    const isWhole = how.full || alwaysFull || !(await runs.canGoOn())
    const run = await runs.begin({ dryRun: how.dryRun, kind: isWhole ? 'full' : 'incremental' }, actor)
    if (run === null) return null
    if (!how.dryRun) startedAt = run.startedAt
    launch(run.id)
    return nowOf(run)
  }

  async function tick(): Promise<void> {
    const { enabled, everyMinutes, items } = await runs.settings()
    if (!enabled || items.length === 0 || isClosing || running !== undefined) return
    const last = startedAt ?? (await runs.lastStartedAt())
    // A clock that was put back does not keep a run waiting for ever.
    const passedMs = last === null ? Infinity : Math.abs(clock().getTime() - last.getTime())
    if (passedMs >= everyMinutes * 60_000) await start({ dryRun: false, full: false }, null)
  }

  return {
    start,
    async approve(runId, adopt, actor) {
      if (!(await runs.approve(runId, adopt, actor))) return false
      launch(runId)
      return true
    },
    async cancel(runId, actor) {
      const now = running?.id === runId ? running : undefined
      if (now === undefined) return runs.end(runId, ['waiting'], { state: 'cancelled', problem: null }, actor)
      now.end('cancel')
      await now.ended
      return runs.end(runId, ['cancelled'], { state: 'cancelled', problem: null }, actor)
    },
    now: nowOf,
    browse: (dn, cursor) => browser.page(dn, cursor),
    preview: async (input) => preview(await store.settings.ldap(), input),
    people,
    tick,
    async begin() {
      const open = await runs.open()
      if (open?.state === 'applying') launch(open.id)
      else if (open !== null)
        await runs.end(open.id, ['reading', 'comparing'], { state: 'failed', problem: interrupted }, null)
      timer = setInterval(() => void tick().catch(onProblem), lookEveryMs)
      timer.unref()
    },
    idle: async () => running?.ended,
    async close() {
      isClosing = true
      clearInterval(timer)
      browser.close()
      people.close()
      const now = running
      now?.end('stop')
      await now?.ended
    },
  }
}
