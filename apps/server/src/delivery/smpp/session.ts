/**
 * A session that keeps itself alive: binds, watches the link, and comes back with growing pauses. Requests wait for the bind
 * and for a place in the window; what was written and not answered before the connection broke is not known.
 */
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { bindBody, commands, createPduReader, encodePdu, readText, type Bind, type Pdu } from './pdu.ts'
import { statusSentence } from './status-words.ts'

export type Role = 'transceiver' | 'transmitter' | 'receiver'

export interface SessionOptions extends Bind {
  readonly role: Role
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly caPem: string | null
  /** Requests that may wait for their answers at once. */
  readonly window: number
  readonly enquireMs: number
  /** For connecting, the bind and each sign of life. */
  readonly timeoutMs: number
  /** Answers what the centre asks; its result is the response's status. */
  readonly onDeliver: (pdu: Pdu) => number
  /** Shortest pause before connecting again; it doubles up to a minute. */
  readonly firstPauseMs?: number
}

export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  | { readonly kind: 'unsent'; readonly problem: string }
  | { readonly kind: 'unanswered'; readonly problem: string }

export interface Session {
  /** Never throws; settles at the signal at the latest. */
  submit(body: Buffer, signal: AbortSignal): Promise<Answer>
  /** Null once it is bound; what stands in the way where it is not at the signal. */
  bound(signal: AbortSignal): Promise<string | null>
  close(): void
}

/** §4.1 */
const bindCommands: Readonly<Record<Role, number>> = {
  transceiver: commands.bindTransceiver,
  transmitter: commands.bindTransmitter,
  receiver: commands.bindReceiver,
}
const longestPauseMs = 60_000
const mostWaiting = 10_000

interface Waiting {
  readonly send: () => void
}

export function createSession(options: SessionOptions): Session {
  const { firstPauseMs = 1_000, timeoutMs, enquireMs } = options
  const open = new Map<number, (answer: Answer) => void>()
  const waiting = new Set<Waiting>()
  let socket: Socket | undefined
  let isBound = false
  let isClosed = false
  let problem = 'It is not connected yet.'
  let pauseMs = firstPauseMs
  let sequence = 0
  let retry: NodeJS.Timeout | undefined
  const timers = new Set<NodeJS.Timeout>()

  const write = (command: number, body: Buffer, number: number, status = 0) =>
    socket?.write(encodePdu({ command, status, sequence: number, body }))
  // §5.1.4: 1 to 0x7fffffff.
  const nextSequence = () => (sequence = (sequence % 0x7fffffff) + 1)
  const pump = () => {
    for (const each of waiting) {
      if (!isBound || open.size >= options.window) return
      waiting.delete(each)
      each.send()
    }
  }
  const request = (command: number, body: Buffer, onAnswer: (answer: Answer) => void): number => {
    const number = nextSequence()
    open.set(number, onAnswer)
    write(command, body, number)
    return number
  }
  const lost = (from: Socket, why: string) => {
    if (socket !== from) return
    socket = undefined
    isBound = false
    problem = why
    from.destroy()
    timers.forEach(clearTimeout)
    timers.clear()
    const unanswered = [...open.values()]
    open.clear()
    for (const end of unanswered) end({ kind: 'unanswered', problem: why })
    if (isClosed) return
    retry = setTimeout(start, pauseMs)
    pauseMs = Math.min(longestPauseMs, pauseMs * 2)
  }
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
    return timer
  }
  /** Asks for a sign of life now and then; silence ends the connection. */
  const watch = (on: Socket) => {
    after(enquireMs, () => {
      const overdue = after(timeoutMs, () => lost(on, 'It gave no sign of life any more.'))
      request(commands.enquireLink, Buffer.alloc(0), () => {
        clearTimeout(overdue)
        timers.delete(overdue)
        if (socket === on) watch(on)
      })
    })
  }
  const receive = (on: Socket, pdu: Pdu) => {
    const end = open.get(pdu.sequence)
    // A second answer to the same request finds nobody waiting.
    if (pdu.command >= 0x80000000) {
      open.delete(pdu.sequence)
      end?.({ kind: 'answer', status: pdu.status, text: readText(pdu.body) })
      pump()
    } else if (pdu.command === commands.enquireLink) write(commands.enquireLinkResp, Buffer.alloc(0), pdu.sequence)
    else if (pdu.command === commands.deliverSm && isBound) {
      write(commands.deliverSmResp, Buffer.alloc(1), pdu.sequence, options.onDeliver(pdu))
    } else if (pdu.command === commands.unbind) {
      write(commands.unbindResp, Buffer.alloc(0), pdu.sequence)
      lost(on, 'It ended the session.')
      // ESME_RINVCMDID
    } else write(commands.genericNack, Buffer.alloc(0), pdu.sequence, 0x03)
  }
  const bind = (on: Socket) => {
    problem = 'It has not answered the bind.'
    const overdue = after(timeoutMs, () => lost(on, 'It did not answer the bind.'))
    request(bindCommands[options.role], bindBody(options), (answer) => {
      clearTimeout(overdue)
      timers.delete(overdue)
      if (answer.kind !== 'answer') return
      if (answer.status !== 0) {
        lost(on, statusSentence('bind', answer.status))
        return
      }
      ;[isBound, pauseMs] = [true, firstPauseMs]
      watch(on)
      pump()
    })
  }
  const start = () => {
    const { host, port, tls, caPem } = options
    const read = createPduReader()
    const made = tls
      ? connectTls({ host, port, servername: host, ...(caPem ? { ca: caPem } : {}) })
      : connectTcp({ host, port })
    socket = made
    made.setNoDelay(true)
    const overdue = after(timeoutMs, () => lost(made, 'It cannot be reached: the connection took too long.'))
    made.once(tls ? 'secureConnect' : 'connect', () => {
      clearTimeout(overdue)
      timers.delete(overdue)
      bind(made)
    })
    made.on('data', (chunk: Buffer) => {
      const pdus = read(chunk)
      if (pdus === undefined) lost(made, 'What it sends is not SMPP.')
      for (const pdu of pdus ?? []) if (socket === made) receive(made, pdu)
    })
    made.on('error', (error: Error) => lost(made, connectionSentence(error)))
    made.on('close', () => lost(made, 'It closed the connection.'))
  }
  start()

  return {
    submit: (body, signal) =>
      new Promise((resolve) => {
        let number: number | undefined
        const finish = (answer: Answer) => {
          signal.removeEventListener('abort', onAbort)
          waiting.delete(entry)
          if (number !== undefined) open.delete(number)
          resolve(answer)
          pump()
        }
        const entry: Waiting = {
          send: () => {
            number = request(commands.submitSm, body, finish)
          },
        }
        const onAbort = () => {
          if (number !== undefined) finish({ kind: 'unanswered', problem: 'It did not answer in time.' })
          else
            finish({ kind: 'unsent', problem: isBound ? 'It is too busy: no place in its window came free.' : problem })
        }
        if (isClosed || signal.aborted) {
          finish({ kind: 'unsent', problem: 'It is not connected.' })
          return
        }
        if (waiting.size >= mostWaiting) {
          finish({ kind: 'unsent', problem: 'Too many messages wait for it.' })
          return
        }
        signal.addEventListener('abort', onAbort, { once: true })
        waiting.add(entry)
        pump()
      }),
    bound: (signal) =>
      new Promise((resolve) => {
        const finish = (why: string | null) => {
          signal.removeEventListener('abort', onAbort)
          waiting.delete(entry)
          resolve(why)
        }
        const entry: Waiting = { send: () => finish(null) }
        const onAbort = () => finish(problem)
        if (isClosed || signal.aborted) {
          finish(problem)
          return
        }
        signal.addEventListener('abort', onAbort, { once: true })
        waiting.add(entry)
        pump()
      }),
    close() {
      isClosed = true
      clearTimeout(retry)
      if (socket === undefined) return
      if (isBound) {
        write(commands.unbind, Buffer.alloc(0), nextSequence())
        socket.end()
      }
      lost(socket, 'It was closed here.')
    },
  }
}

function connectionSentence(error: Error): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return 'It refuses the connection.'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'Its name is not known (DNS).'
  return `The connection failed: ${error.message.slice(0, 200)}.`
}
