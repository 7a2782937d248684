/** The engine's thread: starts the engine on what the main thread gave it, and answers the main thread. */
import { workerData } from 'node:worker_threads'

import { openEngineReader } from '@sallyport/store/engine'

import { DurableLog, type AppendReply } from './durable-log.ts'
import { createDrain } from './drain.ts'
import { startEngine } from './engine.ts'
import { mainThread, type EngineRequest, type EngineThreadData, type ThreadMessage } from './messages.ts'

const main = mainThread()
const { dataDir, addresses, writer, mover } = workerData as EngineThreadData

const tell = (message: ThreadMessage) => main.postMessage(message)
const log = new DurableLog((request) => writer.postMessage(request))
writer.on('message', (reply: AppendReply) => log.receive(reply))

const engine = await startEngine({
  reader: openEngineReader({ dataDir }),
  log,
  drain: createDrain(mover),
  addresses,
  onError: (error, where) => tell({ kind: 'problem', where, message: describe(error) }),
})

main.on('message', (request: EngineRequest) => {
  answer(request).catch((error: unknown) => tell({ kind: 'refused', id: request.id, message: describe(error) }))
})
tell({ kind: 'ready' })

async function answer(request: EngineRequest): Promise<void> {
  if (request.kind === 'apply') await engine.apply(request.notice)
  if (request.kind === 'stop') await engine.stop(request.graceMs)
  tell({ kind: 'reply', id: request.id, status: engine.status() })
  if (request.kind === 'stop') {
    writer.close()
    mover.close()
    main.close()
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
