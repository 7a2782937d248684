/**
 * The writer's thread: appends each group to the journal and says that it is durable; in between, moves the journal into
 * the tables. At start, everything that a former process left in the journal is moved before anybody reads.
 */
import { workerData } from 'node:worker_threads'

import { openJournal, openMover } from '@sallyport/store/engine'

import type { WriterReply, WriterRequest } from './durable-log.ts'
import { mainThread, type ThreadMessage, type WriterThreadData } from './messages.ts'

const main = mainThread()
const { dataDir, engine } = workerData as WriterThreadData

/** Groups a move: small, so that the next group to append does not wait for long. */
const groupsAMove = 4
const retryMs = 250

const journal = openJournal({ dataDir })
const mover = openMover({ dataDir })
while (mover.move(64) > 0);

let left = 0
let scheduled = false

engine.on('message', (request: WriterRequest) => {
  switch (request.kind) {
    case 'append':
      engine.postMessage(append(request))
      left++
      schedule()
      return
    case 'drain':
      drain()
      engine.postMessage({ kind: 'drained', id: request.id } satisfies WriterReply)
  }
})
engine.on('close', () => {
  drain()
  mover.close()
  journal.close()
})
main.postMessage({ kind: 'ready' } satisfies ThreadMessage)

function append({ records }: Extract<WriterRequest, { kind: 'append' }>): WriterReply {
  try {
    journal.append(records)
    return { kind: 'durable' }
  } catch (error) {
    complain(error, 'journal')
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

/** Moves when no group waits to be appended: messages are taken before immediates. */
function schedule(): void {
  if (scheduled) return
  scheduled = true
  setImmediate(() => {
    scheduled = false
    try {
      left = mover.move(groupsAMove)
      if (left > 0) schedule()
    } catch (error) {
      complain(error, 'mover')
      setTimeout(schedule, retryMs)
    }
  })
}

function drain(): void {
  try {
    do left = mover.move(64)
    while (left > 0)
  } catch (error) {
    complain(error, 'mover')
    setTimeout(schedule, retryMs)
  }
}

function complain(error: unknown, where: string): void {
  const message = error instanceof Error ? error.message : String(error)
  main.postMessage({ kind: 'problem', where, message } satisfies ThreadMessage)
}
