/**
 * The mover's thread: copies the journal into the tables, while the writer's thread goes on appending to it. At start,
 * everything that a former process left in the journal is moved before anybody reads.
 */
import { workerData } from 'node:worker_threads'

import { openMover } from '@sallyport/store/engine'

import { createMoverOutbox } from './mover-outbox.ts'
import { mainThread, type DrainReply, type DrainRequest, type MovedNotice, type MoverThreadData } from './messages.ts'

const main = mainThread()
const { dataDir, engine, writer, forwarder } = workerData as MoverThreadData

/** What gathers for this long is moved together: each move costs a commit, whatever it moves. */
const gatherMs = 200
const groupsAMove = 256
const retryMs = 250

const mover = openMover({ dataDir })
let next: NodeJS.Timeout | undefined
const outbox = createMoverOutbox(mover, { engine, forwarder }, complain)
moveAll()

engine.on('message', ({ id }: DrainRequest) => {
  moveAll()
  engine.postMessage({ kind: 'drained', id } satisfies DrainReply)
})
engine.on('close', () => {
  moveAll()
  clearTimeout(next)
  outbox.close()
  mover.close()
  writer.close()
})
main.postMessage({ kind: 'ready' })
schedule(gatherMs)

function schedule(inMs: number): void {
  clearTimeout(next)
  next = setTimeout(() => schedule(moveSome() ? 0 : gatherMs), inMs)
}

/** Whether more is left than has gathered meanwhile. */
function moveSome(): boolean {
  try {
    const left = mover.move(groupsAMove)
    writer.postMessage({ movedUpTo: mover.movedUpTo() } satisfies MovedNotice)
    outbox.tell()
    return left > groupsAMove
  } catch (error) {
    complain(error)
    schedule(retryMs)
    return false
  }
}

/** Everything that is in the journal now. A group that cannot be moved stays, and says so. */
function moveAll(): void {
  try {
    while (mover.move(groupsAMove) > 0);
    writer.postMessage({ movedUpTo: mover.movedUpTo() } satisfies MovedNotice)
    outbox.tell()
  } catch (error) {
    complain(error)
  }
}

function complain(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  main.postMessage({ kind: 'problem', where: 'mover', message })
}
