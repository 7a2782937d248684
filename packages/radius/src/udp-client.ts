/** A RADIUS client over UDP: retransmits, keeps many requests under way, and believes only verified responses. */
import { packetCodes, type PacketCode } from './codes.ts'
import type { ClientSocket } from './client-socket.ts'
import { decodePacket, type Attribute, type Packet } from './packet.ts'
import { fillRandom } from './random.ts'
import type { ResponseFailure } from './response-check.ts'
import type { SharedSecret } from './shared-secret.ts'
import { SocketPool } from './socket-pool.ts'
import { systemErrorOf } from './system-error.ts'
import { TimerLists } from './timer-lists.ts'
import { Exchange, Outbox, type ExchangeHost } from './udp-exchange.ts'

export interface UdpClientOptions {
  readonly secret: SharedSecret
  /** An address, or a name whose IPv4 address is looked up when a socket opens. */
  readonly host: string
  readonly port: number
  /** Sockets at most, each good for 256 requests under way; 16. They are opened as they are needed. */
  readonly sockets?: number
  /** How long each transmission waits for its response, in milliseconds; 3,000. */
  readonly timeoutMs?: number
  /** Transmissions in all; 3. */
  readonly tries?: number
  readonly localAddress?: string
  /** Told of each error that the system reports of a socket, as `ECONNREFUSED` where nobody listens on the port. */
  readonly onSystemError?: (code: string) => void
  /** Told of each datagram that was not believed. */
  readonly onRejected?: (failure: ResponseFailure) => void
  /** Whether answers to Access-Request and Status-Server must carry Message-Authenticator, read at each; true (CVE-2024-3596). */
  readonly requireMessageAuthenticator?: boolean
  /** Fills octets with randomness: request authenticators. */
  readonly random?: (octets: Uint8Array) => void
  /** Milliseconds; any origin. */
  readonly clock?: () => number
  /** Told of everything that is sent and received, in its order: for a screen that shows the conversation. */
  readonly onDatagram?: (datagram: Datagram) => void
}

/** What crossed a client's socket; `bytes` are as they were on the wire, secrets hidden as RADIUS hides them. */
export type Datagram =
  /** `transmission` counts from 1: beyond, the same octets again. */
  | { readonly direction: 'sent'; readonly bytes: Uint8Array; readonly transmission: number }
  /** Whether it was believed, or why not. */
  | { readonly direction: 'received'; readonly bytes: Uint8Array; readonly verdict: 'valid' | ResponseFailure }

export interface ClientRequest {
  readonly code: PacketCode
  /** A function when they depend on the request authenticator, as a hidden User-Password does. */
  readonly attributes: readonly Attribute[] | ((authenticator: Uint8Array) => readonly Attribute[])
  readonly timeoutMs?: number
  readonly tries?: number
  /** How long to wait for the response in all, in milliseconds; `timeoutMs × tries` unless told. */
  readonly waitMs?: number
  readonly signal?: AbortSignal
  /** Whether the request carries Message-Authenticator; true for Access-Request and Status-Server. */
  readonly messageAuthenticator?: boolean
}

export type ClientResult =
  | {
      readonly ok: true
      readonly packet: Packet
      /** The authenticator of the request, which salted attributes of the response are hidden with. */
      readonly requestAuthenticator: Uint8Array
      readonly roundTripMs: number
      readonly tries: number
    }
  | {
      readonly ok: false
      readonly reason: 'timeout' | 'aborted' | 'send-failed' | 'closed'
      readonly tries: number
      /** What was wrong with the last response that was not believed: a wrong secret shows here. */
      readonly rejected?: ResponseFailure
      /** The system's error code, as `ECONNREFUSED`, when it had one to report. */
      readonly systemError?: string
    }

/** Who hears of a request’s end, by one call: for callers that have thousands under way, without a promise for each. */
export interface ClientListener {
  ended(result: ClientResult): void
  /** The request could not be made: EncodeError, for attributes that do not fit. */
  failed(error: unknown): void
}

export interface UdpClient {
  request(request: ClientRequest): Promise<ClientResult>
  /** The same; `listener` may be called before this returns. */
  ask(request: ClientRequest, listener: ClientListener): void
  /** Opens the first socket before anything is sent; resolves with its local port, rejects with the system's error. */
  open(): Promise<number>
  /** Ends what is under way as `closed`. */
  close(): Promise<void>
  readonly outstanding: number
  readonly openSockets: number
  /** Datagrams that were not believed, by reason. */
  readonly rejected: Readonly<Partial<Record<ResponseFailure, number>>>
}

/**
 * Creates a client of one server. The same octets are retransmitted (RFC 2865 §2.5), so that the server can tell a
 * retransmission from a new request. `request` throws EncodeError alone, for attributes that do not fit.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5080#section-2.2.1 RFC 5080 §2.2.1}
 */
export function createUdpClient(options: UdpClientOptions): UdpClient {
  const rejected: Partial<Record<ResponseFailure, number>> = {}
  const underWay = new Set<Exchange>()
  let isClosed = false

  const pool: SocketPool<Exchange> = new SocketPool<Exchange>(
    {
      host: options.host,
      port: options.port,
      localAddress: options.localAddress,
      maximumSockets: options.sockets ?? 16,
      onError(error) {
        host.lastSystemError = systemErrorOf(error)
        options.onSystemError?.(host.lastSystemError)
      },
    },
    (socket: ClientSocket<Exchange>, datagram) => {
      const decoded = decodePacket(datagram)
      if (!decoded.ok) {
        refuse(datagram, decoded.failure)
        return
      }
      const waiting = socket.waitingOn(decoded.packet.identifier)
      if (waiting) waiting.receive(decoded.packet)
      else refuse(datagram, 'unknown-identifier')
    },
  )
  const host: ExchangeHost = {
    options,
    clock: options.clock ?? (() => performance.now()),
    random: options.random ?? fillRandom,
    pool,
    timers: new TimerLists(),
    outbox: new Outbox(),
    underWay,
    refuse,
    lastSystemError: undefined,
  }

  function refuse(bytes: Uint8Array, verdict: ResponseFailure): void {
    rejected[verdict] = (rejected[verdict] ?? 0) + 1
    options.onDatagram?.({ direction: 'received', bytes, verdict })
    options.onRejected?.(verdict)
  }

  function ask(asked: ClientRequest, listener: ClientListener): void {
    if (isClosed) listener.ended({ ok: false, reason: 'closed', tries: 0 })
    else if (asked.signal?.aborted) listener.ended({ ok: false, reason: 'aborted', tries: 0 })
    else new Exchange(host, asked, listener).begin()
  }

  return {
    request: (asked) => new Promise((ended, failed) => ask(asked, { ended, failed })),
    ask,
    open: () => pool.localPort(),
    async close() {
      isClosed = true
      for (const exchange of [...underWay]) exchange.end('closed')
      await pool.close()
    },
    get outstanding() {
      return underWay.size
    },
    get openSockets() {
      return pool.sockets
    },
    rejected,
  }
}

/** A Status-Server request, which asks whether a server is alive. */
export const statusRequest: ClientRequest = { code: packetCodes.statusServer, attributes: [] }
