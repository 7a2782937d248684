/** The thread that sends what happens to log receivers, each from its own place. */
import { setTimeout as delay } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

import { openLogRoom } from '@sallyport/store/log-forwarding'

import { stepBack } from '../threads/step-back.ts'
import { createSenders } from './create-senders.ts'
import type { LogNews, LogRequest, LogThreadData } from './messages.ts'
import { transportsOf } from './transports/open-transport.ts'

/** Whoever signs in goes first. */
const niceness = 10
const timeoutMs = 10_000
const reportEveryMs = 1000
/** The whole trail is looked at once the server has settled, and then once a day, in pieces with pauses between. */
const firstAuditMs = 60_000
const auditEveryMs = 24 * 3_600_000
const auditPauseMs = 50

if (parentPort === null) throw new Error('this is a thread')
const main = parentPort
const { dataDir, hostname, version } = workerData as LogThreadData
stepBack(niceness)
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
let isStopping = false
let auditTimer = setTimeout(checkAudit, firstAuditMs)
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
      isStopping = true
      clearInterval(timer)
      clearTimeout(auditTimer)
      await senders.stop()
      room.close()
  }
  tell({ kind: 'done', id })
  if (request.kind === 'stop') main.close()
}

function checkAudit(): void {
  const pause = () => delay(auditPauseMs)
  const stopped = () => (isStopping ? Promise.reject(new Error('stopping')) : pause())
  room.checkAudit(stopped).then(
    (brokenAt) => tell({ kind: 'audit', check: { checkedAtMs: Date.now(), brokenAt } }),
    (error: unknown) => {
      if (!isStopping) throw error
    },
  )
  auditTimer = setTimeout(checkAudit, auditEveryMs)
}

function tell(news: LogNews): void {
  main.postMessage(news)
}
