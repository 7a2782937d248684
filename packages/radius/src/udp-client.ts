/** A RADIUS client over UDP: retransmits, keeps many requests under way, and believes only verified responses. */
import { packetCodes } from './codes.ts'
import type { ClientSocket } from './client-socket.ts'
import { decodePacket } from './packet.ts'
import { fillRandom } from './random.ts'
import type { ResponseFailure } from './response-check.ts'
import { SocketPool } from './socket-pool.ts'
import { systemErrorOf } from './system-error.ts'
import { TimerLists } from './timer-lists.ts'
import type { ClientListener, ClientRequest, UdpClient, UdpClientOptions } from './udp-client-types.ts'
import { Exchange, Outbox, type ExchangeHost } from './udp-exchange.ts'

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
