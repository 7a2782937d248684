/** The thread of one synchronization: it is started for it, and ends with it. */
import { setTimeout as delay } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

import { openSyncRoom } from '@sallyport/store/directory-sync'

import { stepBack } from '../threads/step-back.ts'
import type { SyncNews, SyncRequest, SyncThreadData } from './messages.ts'
import { runSync } from './run-sync.ts'

/** Whoever signs in goes first. */
const niceness = 10
/** Between two transactions, for whoever else wants to write. */
const pauseMs = 5

if (parentPort === null) throw new Error('this is a thread')
const main = parentPort
const { dataDir, runId } = workerData as SyncThreadData
const control = new AbortController()
let inForce: (() => void) | undefined

main.on('message', ({ kind }: SyncRequest) => {
  if (kind === 'in-force') inForce?.()
  else control.abort(kind)
})
stepBack(niceness)
const room = openSyncRoom({ dataDir, runId })
tell({ kind: 'ready' })
await runSync({
  room,
  signal: control.signal,
  onFound: (found) => tell({ kind: 'found', found }),
  onUsers: (ids) =>
    new Promise((resolve) => {
      inForce = resolve
      tell({ kind: 'users', ids })
    }),
  onProblem: (error) =>
    tell({ kind: 'problem', message: error instanceof Error ? String(error.stack) : String(error) }),
  pause: async () => {
    await delay(pauseMs)
  },
})
room.close()
tell({ kind: 'ended' })
main.close()

function tell(news: SyncNews): void {
  main.postMessage(news)
}
