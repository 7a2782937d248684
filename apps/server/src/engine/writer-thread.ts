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

/** Groups that gather for this long are moved together: each move costs a commit, whatever it moves. */
const gatherMs = 200
/** A call of the mover ends by itself after some 20 ms; the groups that wait to be appended then have their turn. */
const groupsAMove = 256
/** More groups than this left over: the mover has fallen behind, and goes on at once. */
const manyGroups = 32
const retryMs = 250

const journal = openJournal({ dataDir })
const mover = openMover({ dataDir })
while (mover.move(groupsAMove) > 0);

let scheduled: NodeJS.Timeout | undefined

engine.on('message', (request: WriterRequest) => {
  switch (request.kind) {
    case 'append':
      engine.postMessage(append(request))
      schedule(gatherMs)
      return
    case 'drain':
      drain()
      engine.postMessage({ kind: 'drained', id: request.id } satisfies WriterReply)
  }
})
engine.on('close', () => {
  drain()
  clearTimeout(scheduled)
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

function schedule(inMs: number): void {
  scheduled ??= setTimeout(() => {
    scheduled = undefined
    move(groupsAMove)
  }, inMs)
}

/** Whether something is left. */
function move(groups: number): boolean {
  try {
    const left = mover.move(groups)
    if (left > 0) schedule(left > manyGroups ? 0 : gatherMs)
    return left > 0
  } catch (error) {
    complain(error, 'mover')
    schedule(retryMs)
    return false
  }
}

function drain(): void {
  while (move(groupsAMove));
}

function complain(error: unknown, where: string): void {
  const message = error instanceof Error ? error.message : String(error)
  main.postMessage({ kind: 'problem', where, message } satisfies ThreadMessage)
}
