/** The engine's thread: starts the engine on what the main thread gave it, and answers the main thread. */
import { workerData } from 'node:worker_threads'

import { openEngineReader } from '@sallyport/store/engine'

import { DurableLog, type AppendReply } from './durable-log.ts'
import { createDrain } from './drain.ts'
import { startEngine } from './engine.ts'
import {
  mainThread,
  type DrainReply,
  type EngineRequest,
  type EngineThreadData,
  type EngineWord,
  type OutboxSize,
  type ThreadMessage,
} from './messages.ts'

const main = mainThread()
const { dataDir, addresses, sambaFolder, writer, mover } = workerData as EngineThreadData

const tell = (message: ThreadMessage) => main.postMessage(message)
const log = new DurableLog((request) => writer.postMessage(request))
writer.on('message', (reply: AppendReply) => log.receive(reply))

const engine = await startEngine({
  reader: openEngineReader({ dataDir }),
  log,
  drain: createDrain(mover),
  addresses,
  sambaFolder,
  tellOfTest: (ticket, news) => tell({ kind: 'test-news', ticket, news }),
  tellOfPending: (news) => tell({ kind: 'pending-news', news }),
  order: (order) => tell({ kind: 'order', order }),
  tellOfPortal: (decided) => tell({ kind: 'portal-decided', decided }),
  onError: (error, where) => tell({ kind: 'problem', where, message: describe(error) }),
})

mover.on('message', (message: DrainReply | OutboxSize) => {
  if (message.kind === 'outbox') engine.outboxHolds(message.rows)
})
main.on('message', (request: EngineRequest | EngineWord) => {
  if (!('id' in request)) {
    hear(request)
    return
  }
  answer(request).catch((error: unknown) => tell({ kind: 'refused', id: request.id, message: describe(error) }))
})
tell({ kind: 'ready' })

async function answer(request: EngineRequest): Promise<void> {
  if (request.kind === 'decide') {
    tell({ kind: 'decided', id: request.id, outcome: await engine.decisions.decide(request.decision) })
    return
  }
  if (request.kind === 'questions') {
    tell({ kind: 'questions', id: request.id, questions: engine.questions.list(request.atMost) })
    return
  }
  const port = await carryOut(request)
  const { portalPort } = engine
  tell({ kind: 'reply', id: request.id, status: engine.status(), portalPort, ...(port !== undefined && { port }) })
  if (request.kind === 'stop') {
    writer.close()
    mover.close()
    main.close()
  }
}

/** The answer is the port that was opened, if one was. */
async function carryOut(request: EngineRequest): Promise<number | undefined> {
  if (request.kind === 'apply') await engine.apply(request.notice)
  if (request.kind === 'announce') engine.pending.announce()
  if (request.kind === 'stop') await engine.stop(request.graceMs)
  if (request.kind === 'admit-test') engine.testPorts.admit(request.ticket, request.sourcePort)
  if (request.kind === 'close-test') await engine.testPorts.close(request.ticket)
  return request.kind === 'open-test' ? engine.testPorts.open(request.ticket, request.test) : undefined
}

function hear(word: EngineWord): void {
  switch (word.kind) {
    case 'delivered':
      engine.pending.delivered(word.requestId, word.delivered)
      return
    case 'call-ended':
      engine.pending.callEnded(word.requestId, word.how)
      return
    case 'reach':
      engine.setReach(word.kinds)
      return
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
