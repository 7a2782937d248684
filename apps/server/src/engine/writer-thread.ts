/** The writer's thread: appends each group to the journal and says that it is durable. Nothing else holds up a sign-in here. */
import { workerData } from 'node:worker_threads'

import { openJournal } from '@sallyport/store/engine'

import type { AppendReply, AppendRequest } from './durable-log.ts'
import { mainThread, type MovedNotice, type ThreadMessage, type WriterThreadData } from './messages.ts'

const main = mainThread()
const { dataDir, engine, mover } = workerData as WriterThreadData

/** Nothing was appended for this long: time to remove what was moved. */
const quietMs = 1_000

const journal = openJournal({ dataDir })
let quiet: NodeJS.Timeout | undefined

engine.on('message', (request: AppendRequest) => {
  engine.postMessage(append(request))
  tidyLater(quietMs)
})
mover.on('message', ({ movedUpTo }: MovedNotice) => {
  journal.forget(movedUpTo)
  if (quiet === undefined) tidyLater(quietMs)
})
engine.on('close', () => {
  clearTimeout(quiet)
  mover.close()
  journal.close()
})
main.postMessage({ kind: 'ready' } satisfies ThreadMessage)

function append({ body }: AppendRequest): AppendReply {
  try {
    journal.appendEncoded(body)
    return { kind: 'durable' }
  } catch (error) {
    complain(error)
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

function tidyLater(inMs: number): void {
  clearTimeout(quiet)
  quiet = setTimeout(() => {
    quiet = undefined
    try {
      if (journal.tidy()) tidyLater(0)
    } catch (error) {
      complain(error)
    }
  }, inMs)
}

function complain(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  main.postMessage({ kind: 'problem', where: 'journal', message } satisfies ThreadMessage)
}
