/** The main thread's hold on the engine: starts mover, writer and engine, passes on what changed, and stops them in order. */
import { MessageChannel, type Worker } from 'node:worker_threads'

import type { EngineControl, ThreadTimes } from '../bus/notices.ts'
import type { PortalDecided } from '../bus/portal-port.ts'
import type { TestNews, TestPort, TestPortRequest } from '../bus/test-port.ts'
import { outboxLimit } from './accounting-forwarding.ts'
import { startForwarder } from './forwarder-handle.ts'
import type { EngineRequest, EngineThreadData, MoverThreadData, ThreadMessage, WriterThreadData } from './messages.ts'
import { createPendingMirror } from './pending-mirror.ts'
import { startThread } from '../threads/start-thread.ts'

export interface EngineHandle extends EngineControl {
  stop(): Promise<void>
}

export interface EngineHandleOptions {
  readonly dataDir: string
  readonly addresses: readonly string[]
  /** Where Samba's ntlm_auth and wbinfo are; `/usr/bin` unless told. */
  readonly sambaFolder?: string
  /** Something went wrong in a thread that goes on all the same. */
  readonly onProblem: (where: string, message: string) => void
  /** A thread ended that should not have: nothing is served any more. */
  readonly onDeath: (thread: string, error: Error) => void
}

const answerWithinMs = 10_000
const graceMs = 3_000

type Reply = Extract<ThreadMessage, { kind: 'reply' | 'decided' | 'questions' }>
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

/** Starts the mover, which first moves what the journal holds, then the writer, then the engine. */
export async function startEngineThreads(options: EngineHandleOptions): Promise<EngineHandle> {
  const { dataDir, addresses, sambaFolder = '/usr/bin' } = options
  const [engineWriter, engineMover, moverWriter] = [new MessageChannel(), new MessageChannel(), new MessageChannel()]
  const moverForwarder = new MessageChannel()
  const forMover: MoverThreadData = {
    dataDir,
    engine: engineMover.port2,
    writer: moverWriter.port1,
    forwarder: moverForwarder.port1,
  }
  const mover = await startThread('mover-thread', forMover, [forMover.engine, forMover.writer, forMover.forwarder])
  const forWriter: WriterThreadData = { dataDir, engine: engineWriter.port2, mover: moverWriter.port2 }
  const writer = await startThread('writer-thread', forWriter, [forWriter.engine, forWriter.mover])
  const forEngine: EngineThreadData = {
    dataDir,
    addresses,
    sambaFolder,
    writer: engineWriter.port1,
    mover: engineMover.port1,
  }
  const engine = await startThread('engine-thread', forEngine, [forEngine.writer, forEngine.mover])
  const forwarder = await startForwarder(dataDir, moverForwarder.port2)
  const all = [engine, writer, mover, forwarder.worker]
  const named = { engine, writer, mover, forwarder: forwarder.worker }
  let stopping = false
  watch(forwarder.worker, 'forwarder')
  watch(mover, 'mover')
  watch(writer, 'writer')
  watch(engine, 'engine')

  const waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>()
  const portalListeners = new Set<(decided: PortalDecided) => void>()
  const mirror = createPendingMirror((word) => engine.postMessage(word))
  const testListeners = new Map<number, (news: TestNews) => void>()
  let lastId = 0
  engine.on('message', (message: ThreadMessage) => {
    if (message.kind === 'reply' || message.kind === 'decided' || message.kind === 'questions') {
      waiting.get(message.id)?.resolve(message)
    }
    if (message.kind === 'pending-news') mirror.hear(message.news)
    if (message.kind === 'order') mirror.carryOut(message.order)
    if (message.kind === 'test-news') testListeners.get(message.ticket)?.(message.news)
    if (message.kind === 'portal-decided') for (const listener of [...portalListeners]) listener(message.decided)
    if (message.kind === 'refused') waiting.get(message.id)?.reject(new Error(message.message))
  })

  function ask(request: WithoutId<EngineRequest>): Promise<Reply> {
    const id = ++lastId
    return new Promise<Reply>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      const late = setTimeout(() => reject(new Error('the engine did not answer in time')), answerWithinMs)
      late.unref()
      engine.postMessage({ ...request, id })
    }).finally(() => waiting.delete(id))
  }

  async function openTestPort(test: TestPortRequest, onNews: (news: TestNews) => void): Promise<TestPort> {
    const ticket = ++lastId
    const close = async () => {
      testListeners.delete(ticket)
      await ask({ kind: 'close-test', ticket })
    }
    testListeners.set(ticket, onNews)
    try {
      const { port } = answerOf(await ask({ kind: 'open-test', ticket, test }), 'reply')
      if (port === undefined) throw new Error('the engine named no port')
      const admit = async (sourcePort: number) => {
        await ask({ kind: 'admit-test', ticket, sourcePort })
      }
      return { port, admit, close }
    } catch (error) {
      testListeners.delete(ticket)
      throw error
    }
  }

  function watch(worker: Worker, name: string): void {
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'problem') options.onProblem(message.where, message.message)
    })
    worker.once('error', (error: Error) => options.onDeath(name, error))
    worker.once('exit', (code) => {
      if (!stopping) options.onDeath(name, new Error(`the ${name} ended with code ${code}`))
    })
  }

  await ask({ kind: 'announce' })
  const { portalPort } = answerOf(await ask({ kind: 'status' }), 'reply')

  return {
    ...mirror.control,
    decide: async (decision) => answerOf(await ask({ kind: 'decide', decision }), 'decided').outcome,
    questions: async (atMost) => answerOf(await ask({ kind: 'questions', atMost }), 'questions').questions,
    portalPort,
    onPortalDecided(listener) {
      portalListeners.add(listener)
      return () => portalListeners.delete(listener)
    },
    async configChanged(notice) {
      await ask({ kind: 'apply', notice })
      if (notice.topic === 'target') await forwarder.apply()
    },
    async status() {
      const [{ status }, forwarding] = await Promise.all([
        ask({ kind: 'status' }).then((reply) => answerOf(reply, 'reply')),
        forwarder.status().catch(() => null),
      ])
      const threads = [
        threadTimes('main', performance),
        ...Object.entries(named).map(([name, worker]) => threadTimes(name, worker.performance)),
      ]
      return { ...status, threads, forwarding: forwarding && { ...forwarding, limit: outboxLimit } }
    },
    discardOutbox: () => forwarder.discard(),
    openTestPort,
    async stop() {
      stopping = true
      const ended = Promise.all(all.map(whenEnded))
      // Before the mover, which removes what has been acknowledged; forwarding ends first, and what comes until then waits.
      await forwarder.stop(graceMs).catch(() => forwarder.worker.terminate())
      await ask({ kind: 'stop', graceMs }).catch(() => engine.terminate())
      const terminate = () => void Promise.all(all.map((worker) => worker.terminate()))
      const lastResort = setTimeout(terminate, answerWithinMs)
      await ended
      clearTimeout(lastResort)
    },
  }
}

/** Each kind of question has one kind of answer. */
function answerOf<Kind extends Reply['kind']>(reply: Reply, kind: Kind): Extract<Reply, { kind: Kind }> {
  if (reply.kind !== kind) throw new Error(`the engine answered ${reply.kind} where ${kind} was asked for`)
  return reply as Extract<Reply, { kind: Kind }>
}

function threadTimes(thread: string, measured: Pick<Worker['performance'], 'eventLoopUtilization'>): ThreadTimes {
  const { active, idle } = measured.eventLoopUtilization()
  return { thread, activeMs: active, idleMs: idle }
}

function whenEnded(worker: Worker): Promise<void> {
  return new Promise((resolve) => worker.once('exit', () => resolve()))
}
