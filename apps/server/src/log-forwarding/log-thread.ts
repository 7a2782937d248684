/** The thread that sends what happens to log receivers, each from its own place. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'

import { openLogRoom } from '@sallyport/store/log-forwarding'

import { createSenders } from './create-senders.ts'
import type { LogNews, LogRequest, LogThreadData } from './messages.ts'
import { transportsOf } from './transports/open-transport.ts'

/** On Linux a thread has a priority of its own: whoever signs in goes first. */
const niceness = 10
const timeoutMs = 10_000
const reportEveryMs = 1000

if (parentPort === null) throw new Error('this is a thread')
const main = parentPort
const { dataDir, hostname, version } = workerData as LogThreadData
try {
  setPriority(0, niceness)
} catch {
  // Then it takes its turn like everybody else.
}
const room = openLogRoom({ dataDir })
const senders = createSenders({ room, open: transportsOf({ hostname, version, timeoutMs }), clock: Date.now })
await senders.apply()
const report = () => tell({ kind: 'states', states: senders.states() })
const timer = setInterval(() => {
  senders.prune()
  report()
}, reportEveryMs)

main.on('message', (request: LogRequest) => {
  // What goes wrong here ends the thread, which is started anew.
  void carryOut(request)
})
tell({ kind: 'ready' })
report()

async function carryOut(request: LogRequest): Promise<void> {
  const { id } = request
  switch (request.kind) {
    case 'test':
      tell({ kind: 'tested', id, result: await senders.test(request.receiverId) })
      return
    case 'receivers-changed':
      await senders.apply()
      report()
      break
    case 'stop':
      clearInterval(timer)
      await senders.stop()
      room.close()
  }
  tell({ kind: 'done', id })
  if (request.kind === 'stop') main.close()
}

function tell(news: LogNews): void {
  main.postMessage(news)
}
