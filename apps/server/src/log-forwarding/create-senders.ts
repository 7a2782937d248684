/** A sender for each receiver that is enabled, kept at what is saved. */
import type { LogReceiverInForce, LogRoom } from '@sallyport/store/log-forwarding'

import type { LogReceiverState, LogReceiverTest } from '../bus/log-forwarding-control.ts'
import { testFacts } from './facts.ts'
import { problemOf } from './problem-of.ts'
import { runReceiver, type ReceiverHealth } from './run-receiver.ts'
import type { OpenTransport } from './transports/open-transport.ts'

export interface SendersOptions {
  readonly room: LogRoom
  readonly open: OpenTransport
  readonly clock: () => number
}

export interface Senders {
  /** Resolves once each receiver is sent to by what is saved. */
  apply(): Promise<void>
  states(): readonly LogReceiverState[]
  test(receiverId: string): Promise<LogReceiverTest | undefined>
  /** Forgets what everybody has taken, a few pieces at a time. */
  prune(): void
  stop(): Promise<void>
}

interface Sender {
  readonly receiver: LogReceiverInForce
  readonly control: AbortController
  readonly ended: Promise<void>
  health: ReceiverHealth
}

/** A tenth of a second at most, once a second. */
const piecesAtOnce = 20

export function createSenders({ room, open, clock }: SendersOptions): Senders {
  const senders = new Map<string, Sender>()
  let applied = Promise.resolve()

  function begin(receiver: LogReceiverInForce): void {
    const control = new AbortController()
    const sender: Sender = {
      receiver,
      control,
      health: { state: 'unknown', sinceMs: clock(), problem: null },
      ended: Promise.resolve(),
    }
    const onHealth = (health: ReceiverHealth) => (sender.health = health)
    const ended = runReceiver({ receiver, room, open, signal: control.signal, onHealth, clock })
    senders.set(receiver.id, Object.assign(sender, { ended }))
  }

  async function end(id: string): Promise<void> {
    const sender = senders.get(id)
    sender?.control.abort()
    await sender?.ended
    senders.delete(id)
  }

  async function applyNow(): Promise<void> {
    const wanted = new Map(room.receivers().map((receiver) => [receiver.id, receiver]))
    const outdated = [...senders].filter(([id, { receiver }]) => wanted.get(id)?.version !== receiver.version)
    await Promise.all(outdated.map(([id]) => end(id)))
    for (const receiver of wanted.values()) if (!senders.has(receiver.id)) begin(receiver)
  }

  return {
    // One after the other: what was saved last must be what is applied last.
    apply: () => (applied = applied.then(applyNow)),
    states: () =>
      [...senders.values()].map(({ receiver, health }) => ({ id: receiver.id, ...health, ...room.progress(receiver) })),
    async test(receiverId) {
      const receiver = room.receiver(receiverId)
      if (receiver === undefined) return undefined
      const startedMs = clock()
      const outcome = await tryOnce(receiver).then(
        (message) => ({ ok: true, message }),
        (error: unknown) => ({ ok: false, message: problemOf(error) }),
      )
      return { ...outcome, durationMs: clock() - startedMs }
    },
    prune() {
      for (let piece = 0; piece < piecesAtOnce && room.prune(); piece++);
    },
    async stop() {
      await applied
      await Promise.all([...senders.keys()].map(end))
    },
  }

  async function tryOnce(receiver: LogReceiverInForce): Promise<string> {
    const { transport: kind } = receiver.configuration
    const transport = await open(receiver)
    try {
      await transport.send([testFacts(receiver.name, clock())], new AbortController().signal)
    } finally {
      const hasArrived = await transport.close()
      if (kind === 'tcp' || kind === 'tls') {
        const failure = transport.failed()
        if (failure !== null) throw failure
        if (!hasArrived) throw new Error('The message was written, but the connection did not end in order.')
      }
    }
    return taken[kind]
  }
}

const taken = {
  udp: 'The message was sent. UDP does not say whether it came: look for it at the receiver.',
  tcp: 'The receiver’s system took the message. Syslog does not say what became of it: look for it there.',
  tls: 'The receiver proved itself, and its system took the message. Look for it there.',
  https: 'The receiver took the message.',
} as const
