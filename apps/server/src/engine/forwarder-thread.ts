/**
 * The forwarder's thread: forwards accounting from the outbox to the servers of the target. It reads the store and never writes
 * it; what was acknowledged the mover removes. No sign-in ever waits for it.
 */
import { workerData } from 'node:worker_threads'

import { openEngineReader, openOutboxReader } from '@sallyport/store/engine'

import { Forwarder } from '../accounting/forwarding/forwarder.ts'
import { systemLookUp } from '../radius-servers/host-address.ts'
import {
  mainThread,
  type ForwarderRequest,
  type ForwarderThreadData,
  type OutboxNews,
  type OutboxRequest,
  type ThreadMessage,
} from './messages.ts'

const main = mainThread()
const { dataDir, mover } = workerData as ForwarderThreadData

const tell = (message: ThreadMessage) => main.postMessage(message)
const complain = (error: unknown) => {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  tell({ kind: 'problem', where: 'forwarder', message })
}
const ask = (request: OutboxRequest) => mover.postMessage(request)

const reader = openEngineReader({ dataDir })
const outbox = openOutboxReader({ dataDir })
let rows: number | undefined
let discarded: (() => void) | undefined

const forwarder = new Forwarder({
  clock: Date.now,
  lookUp: systemLookUp,
  outbox,
  servers: () => reader.radiusTarget().servers,
  remove: (ids) => ask({ kind: 'remove', ids }),
  onError: complain,
})

mover.on('message', (news: OutboxNews) => {
  // The mover says how much waits as soon as it has started.
  if (rows === undefined) tell({ kind: 'ready' })
  rows = news.rows
  if (news.removed > 0) forwarder.removed(news.removed)
  if (news.added) forwarder.more()
  if (news.discarded) discarded?.()
})
main.on('message', (request: ForwarderRequest) => {
  answer(request).catch((error: unknown) => {
    complain(error)
    tell({ kind: 'refused', id: request.id, message: String(error) })
  })
})

async function answer(request: ForwarderRequest): Promise<void> {
  if (request.kind === 'apply') forwarder.apply()
  if (request.kind === 'discard') await discard()
  if (request.kind === 'stop') await forwarder.stop(request.graceMs)
  tell({ kind: 'forwarding', id: request.id, status: { rows: rows ?? 0, ...forwarder.status() } })
  if (request.kind === 'stop') {
    outbox.close()
    reader.close()
    mover.close()
    main.close()
  }
}

function discard(): Promise<void> {
  return new Promise((resolve) => {
    discarded = resolve
    ask({ kind: 'discard', upToId: forwarder.forget() })
  })
}
