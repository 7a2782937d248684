/** The thread that counts what is kept, or removes what is older than it is kept for: started for one of them, and ends with it. */
import { setTimeout as delay } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

import { openRetentionRoom } from '@sallyport/store/retention'

import { stepBack } from '../threads/step-back.ts'
import type { RetentionNews, RetentionThreadData } from './retention-messages.ts'

/** Whoever signs in goes first. */
const niceness = 15
/** Whoever else wants to write has twice the time that a transaction took, and so long at least. */
const shortestPauseMs = 10
const countPauseMs = 2

if (parentPort === null) throw new Error('this is a thread')
const main = parentPort
const { dataDir, job } = workerData as RetentionThreadData
let isStopping = false
main.on('message', () => {
  isStopping = true
})
stepBack(niceness)

class Stopped extends Error {}
async function pause(ms: number): Promise<void> {
  await delay(ms)
  if (isStopping) throw new Stopped('the work is to end')
}
const betweenCounts = () => pause(countPauseMs)

const room = openRetentionRoom({ dataDir })
tell({ kind: 'ready' })
try {
  switch (job.kind) {
    case 'count': {
      const kinds = await room.stock(betweenCounts)
      tell({ kind: 'counted', stock: { countedAtMs: Date.now(), kinds, file: room.file() } })
      break
    }
    case 'preview':
      tell({ kind: 'previewed', removals: await room.preview(job.days, betweenCounts) })
      break
    case 'remove':
      await room.run((tookMs) => pause(Math.max(shortestPauseMs, 2 * tookMs)))
  }
} catch (error) {
  if (!(error instanceof Stopped)) throw error
} finally {
  room.close()
}
tell({ kind: 'ended' })
main.close()

function tell(news: RetentionNews): void {
  main.postMessage(news)
}
