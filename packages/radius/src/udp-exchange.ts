/**
 * One request of a UDP client on its way: its transmissions, its time, and what was wrong with what came. Tens of thousands may wait
 * at once for people who take their time, so that each is one object, and keeps its octets only as long as it may send them again.
 */
import { hasSignedAuthenticator } from './codes.ts'
import type { ClientSocket } from './client-socket.ts'
import { encodeRequest } from './encode.ts'
import type { Packet } from './packet.ts'
import { checkResponse, type ResponseFailure } from './response-check.ts'
import type { SocketPool, Taker } from './socket-pool.ts'
import { systemErrorOf } from './system-error.ts'
import { Timed, type TimerLists } from './timer-lists.ts'
import type { ClientListener, ClientRequest, ClientResult, UdpClientOptions } from './udp-client-types.ts'

/** What all requests of a client share. */
export interface ExchangeHost {
  readonly options: UdpClientOptions
  readonly clock: () => number
  readonly random: (octets: Uint8Array) => void
  readonly pool: SocketPool<Exchange>
  readonly timers: TimerLists
  readonly outbox: Outbox
  readonly underWay: Set<Exchange>
  readonly refuse: (bytes: Uint8Array, verdict: ResponseFailure) => void
  /** What the system last said of any socket, until a server answered. */
  lastSystemError: string | undefined
}

/**
 * Transmissions that leave together, once everything that came with them is read: a send wakes the server up, which costs more
 * than the send, and a server that is awake takes the next one for nothing.
 */
export class Outbox {
  #waiting: Exchange[] = []
  #isScheduled = false

  put(exchange: Exchange): void {
    this.#waiting.push(exchange)
    if (this.#waiting.length >= leavingAtOnce) this.#flush()
    else if (!this.#isScheduled) {
      this.#isScheduled = true
      setImmediate(() => {
        this.#isScheduled = false
        this.#flush()
      })
    }
  }

  #flush(): void {
    const leaving = this.#waiting
    this.#waiting = []
    for (const each of leaving) each.transmit()
  }
}

/** A server's default receive buffer holds some 130 datagrams. */
const leavingAtOnce = 32

type Ended = Extract<ClientResult, { ok: false }>['reason']
const noOctets = new Uint8Array(0)

export class Exchange extends Timed implements Taker<Exchange> {
  readonly #host: ExchangeHost
  readonly #asked: ClientRequest
  readonly #listener: ClientListener
  readonly #tries: number
  readonly #endsAtMs: number
  /** One octet a character: as text it takes a sixth of the room. */
  #authenticator = ''
  /** Empty before there is an identifier, and after the last transmission. */
  #bytes: Uint8Array = noOctets
  #socket: ClientSocket<Exchange> | undefined
  #identifier = 0
  #startedAt = 0
  #sent = 0
  #failedSends = 0
  #isOver = false
  #rejection: ResponseFailure | undefined
  #systemError: string | undefined
  #onAbort: (() => void) | undefined

  constructor(host: ExchangeHost, asked: ClientRequest, listener: ClientListener) {
    super()
    this.#host = host
    this.#asked = asked
    this.#listener = listener
    this.#tries = asked.tries ?? host.options.tries ?? 3
    this.#endsAtMs = performance.now() + (asked.waitMs ?? this.#timeoutMs * this.#tries)
  }

  get #timeoutMs(): number {
    return this.#asked.timeoutMs ?? this.#host.options.timeoutMs ?? 3_000
  }

  begin(): void {
    const { underWay, timers, pool } = this.#host
    const { signal } = this.#asked
    if (signal) {
      this.#onAbort = () => this.end('aborted')
      signal.addEventListener('abort', this.#onAbort, { once: true })
    }
    underWay.add(this)
    // Waiting for an identifier counts as waiting for the server: a caller's time is never exceeded.
    timers.start(this, this.#endsAtMs - performance.now())
    pool.give(this)
  }

  /** An identifier is there: the request is made, and leaves with the next ones. */
  take(socket: ClientSocket<Exchange>, identifier: number): void {
    this.#socket = socket
    this.#identifier = identifier
    const { options, random, clock, outbox } = this.#host
    const { code, messageAuthenticator } = this.#asked
    try {
      const authenticator = new Uint8Array(16)
      if (!hasSignedAuthenticator(code)) random(authenticator)
      const { attributes } = this.#asked
      this.#bytes = encodeRequest({
        ...{ code, identifier, authenticator, secret: options.secret },
        attributes: typeof attributes === 'function' ? attributes(authenticator) : attributes,
        ...(messageAuthenticator !== undefined && { messageAuthenticator }),
      })
      // As it is on the wire: signed ones are made with the packet.
      this.#authenticator = Buffer.from(this.#bytes.subarray(4, 20)).toString('latin1')
    } catch (error) {
      this.#close()
      this.#listener.failed(error)
      return
    }
    this.#startedAt = clock()
    outbox.put(this)
  }

  fail(error: unknown): void {
    this.#systemError = systemErrorOf(error)
    this.end('send-failed')
  }

  transmit(): void {
    if (this.#isOver) return
    const { options, timers } = this.#host
    const bytes = this.#bytes
    this.#sent++
    options.onDatagram?.({ direction: 'sent', bytes, transmission: this.#sent })
    this.#socket?.send(bytes, (error) => {
      this.#failedSends++
      this.#systemError = systemErrorOf(error)
      options.onSystemError?.(this.#systemError)
    })
    if (this.#sent >= this.#tries) this.#bytes = noOctets
    const leftMs = this.#endsAtMs - performance.now()
    if (this.#sent < this.#tries) timers.start(this, Math.min(this.#timeoutMs, leftMs))
    else if (this.#sent > 1) timers.start(this, leftMs)
  }

  receive(packet: Packet): void {
    const { options, refuse, clock } = this.#host
    const authenticator = Uint8Array.from(Buffer.from(this.#authenticator, 'latin1'))
    const verdict = checkResponse(packet, {
      code: this.#asked.code,
      authenticator,
      secret: options.secret,
      requireMessageAuthenticator: options.requireMessageAuthenticator ?? true,
    })
    if (verdict !== 'valid') {
      this.#rejection = verdict
      refuse(packet.bytes, verdict)
      return
    }
    options.onDatagram?.({ direction: 'received', bytes: packet.bytes, verdict })
    this.#host.lastSystemError = undefined
    const roundTripMs = clock() - this.#startedAt
    this.#close()
    this.#listener.ended({
      ...{ ok: true, packet, requestAuthenticator: authenticator },
      ...{ roundTripMs, tries: this.#sent },
    })
  }

  /** Time for another transmission, or over. */
  override due(): void {
    if (this.#sent > 0 && this.#sent < this.#tries && performance.now() < this.#endsAtMs) this.transmit()
    else this.end(this.#sent > 0 && this.#failedSends >= this.#sent ? 'send-failed' : 'timeout')
  }

  end(reason: Ended): void {
    if (this.#isOver) return
    this.#close()
    const found = this.#systemError ?? this.#host.lastSystemError
    this.#listener.ended({
      ...{ ok: false, tries: this.#sent, reason },
      ...(this.#rejection && { rejected: this.#rejection }),
      ...(found !== undefined && reason !== 'aborted' && { systemError: found }),
    })
  }

  /** Gives everything back; whoever waits for an identifier may have this one. */
  #close(): void {
    this.#isOver = true
    const { underWay, timers, pool } = this.#host
    timers.stop(this)
    underWay.delete(this)
    if (this.#onAbort) this.#asked.signal?.removeEventListener('abort', this.#onAbort)
    if (this.#socket) pool.release(this.#socket, this.#identifier)
    else pool.withdraw(this)
  }
}
