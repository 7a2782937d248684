/** Sends to one receiver what it is to have, in order, from where it is on; the place moves only behind what it took. */
import { setTimeout as delay } from 'node:timers/promises'

import type { LogPosition, LogReceiverInForce, LogRoom } from '@sallyport/store/log-forwarding'

import { factsOf } from './facts.ts'
import { problemOf } from './problem-of.ts'
import type { OpenTransport } from './transports/open-transport.ts'
import type { Transport } from './transports/transport.ts'

export interface ReceiverHealth {
  readonly state: 'unknown' | 'up' | 'failing'
  readonly sinceMs: number
  readonly problem: string | null
}

export interface RunReceiverOptions {
  readonly receiver: LogReceiverInForce
  readonly room: Pick<LogRoom, 'position' | 'next' | 'confirm'>
  readonly open: OpenTransport
  readonly signal: AbortSignal
  readonly onHealth: (health: ReceiverHealth) => void
  readonly clock: () => number
  /** Milliseconds between two looks for what is new. */
  readonly lookEveryMs?: number
  /** After a failure; doubled each time, up to a minute. */
  readonly firstPauseMs?: number
}

interface HandedOver {
  readonly position: LogPosition
  readonly sent: number
  readonly atMs: number
}

const longestPauseMs = 60_000

/** Resolves when the signal aborts and the connection has ended in order. */
export async function runReceiver(options: RunReceiverOptions): Promise<void> {
  const { receiver, signal, onHealth, clock, firstPauseMs = 1000 } = options
  let health: ReceiverHealth = { state: 'unknown', sinceMs: clock(), problem: null }
  const become = (state: ReceiverHealth['state'], problem: string | null) => {
    if (health.state === state && health.problem === problem) return
    health = { state, problem, sinceMs: health.state === state ? health.sinceMs : clock() }
    onHealth(health)
  }
  onHealth(health)
  let failures = 0
  while (!signal.aborted) {
    let transport: Transport | undefined
    try {
      transport = await options.open(receiver)
      await sendFrom(options, transport, () => {
        failures = 0
        become('up', null)
      })
    } catch (error) {
      become('failing', problemOf(error))
      failures += 1
    } finally {
      await transport?.close()
    }
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - 1, 10))
    if (failures > 0) await delay(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Until the signal aborts; throws where the way fails: whoever calls begins again behind what was taken. */
async function sendFrom(
  { receiver, room, signal, clock, lookEveryMs = 250 }: RunReceiverOptions,
  transport: Transport,
  onTaken: () => void,
): Promise<void> {
  const begin = room.position(receiver.id)
  if (begin === undefined) throw new Error('This receiver has been removed.')
  let position = begin
  const handedOver: HandedOver[] = []

  const confirm = (all: boolean) => {
    const settled = all ? handedOver.length : countSettled(handedOver, clock() - transport.settleMs)
    const taken = handedOver.splice(0, settled)
    const last = taken.at(-1)
    if (last === undefined) return
    const sent = taken.reduce((sum, each) => sum + each.sent, 0)
    room.confirm(receiver.id, last.position, sent, sent > 0 ? last.atMs : null)
    if (sent > 0) onTaken()
  }

  const openedAtMs = clock()
  while (!signal.aborted) {
    const failure = transport.failed()
    if (failure !== null) throw failure
    // A connection that stands says that somebody is there, also while there is nothing to send.
    if (transport.settleMs > 0 && clock() - openedAtMs >= transport.settleMs) onTaken()
    const { items, position: next } = room.next(receiver, position, transport.batch())
    if (items.length > 0) await transport.send(items.map(factsOf), signal)
    const hasMoved = next.events !== position.events || next.changes !== position.changes
    if (hasMoved) handedOver.push({ position: next, sent: items.length, atMs: clock() })
    position = next
    confirm(false)
    if (!hasMoved) await delay(lookEveryMs, undefined, { signal }).catch(() => undefined)
  }
  // Where the connection ends in order, what was handed over has arrived.
  if (transport.failed() === null && (await transport.close())) confirm(true)
}

function countSettled(handedOver: readonly HandedOver[], untilMs: number): number {
  const open = handedOver.findIndex(({ atMs }) => atMs > untilMs)
  return open === -1 ? handedOver.length : open
}
