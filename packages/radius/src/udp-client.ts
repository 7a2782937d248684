/** A RADIUS client over UDP: retransmits, keeps many requests under way, and believes only verified responses. */
import { randomFillSync } from 'node:crypto'

import { hasSignedAuthenticator, packetCodes, type PacketCode } from './codes.ts'
import type { ClientSocket } from './client-socket.ts'
import { encodeRequest } from './encode.ts'
import { decodePacket, type Attribute, type Packet } from './packet.ts'
import { checkResponse, type ResponseFailure } from './response-check.ts'
import type { SharedSecret } from './shared-secret.ts'
import { SocketPool } from './socket-pool.ts'
import { systemErrorOf } from './system-error.ts'

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

export interface UdpClient {
  request(request: ClientRequest): Promise<ClientResult>
  /** Opens the first socket before anything is sent; resolves with its local port, rejects with the system's error. */
  open(): Promise<number>
  /** Ends what is under way as `closed`. */
  close(): Promise<void>
  readonly outstanding: number
  readonly openSockets: number
  /** Datagrams that were not believed, by reason. */
  readonly rejected: Readonly<Partial<Record<ResponseFailure, number>>>
}

interface Waiting {
  readonly onResponse: (packet: Packet) => void
}

type Ending = Omit<Extract<ClientResult, { ok: false }>, 'ok' | 'tries'>

/**
 * Creates a client of one server. The same octets are retransmitted (RFC 2865 §2.5), so that the server can tell a
 * retransmission from a new request. `request` throws EncodeError alone, for attributes that do not fit.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5080#section-2.2.1 RFC 5080 §2.2.1}
 */
export function createUdpClient(options: UdpClientOptions): UdpClient {
  const { secret } = options
  const clock = options.clock ?? (() => performance.now())
  const random = options.random ?? ((octets: Uint8Array) => void randomFillSync(octets))
  const rejected: Partial<Record<ResponseFailure, number>> = {}
  const underWay = new Set<(ending: Ending) => void>()
  let isClosed = false
  let lastSystemError: string | undefined

  const pool = new SocketPool<Waiting>(
    {
      host: options.host,
      port: options.port,
      localAddress: options.localAddress,
      maximumSockets: options.sockets ?? 16,
      onError(error) {
        lastSystemError = systemErrorOf(error)
        options.onSystemError?.(lastSystemError)
      },
    },
    (socket: ClientSocket<Waiting>, datagram) => {
      const decoded = decodePacket(datagram)
      if (!decoded.ok) {
        refuse(datagram, decoded.failure)
        return
      }
      const waiting = socket.waitingOn(decoded.packet.identifier)
      if (waiting) waiting.onResponse(decoded.packet)
      else refuse(datagram, 'unknown-identifier')
    },
  )

  function refuse(bytes: Uint8Array, verdict: ResponseFailure): void {
    rejected[verdict] = (rejected[verdict] ?? 0) + 1
    options.onDatagram?.({ direction: 'received', bytes, verdict })
    options.onRejected?.(verdict)
  }

  async function request(asked: ClientRequest): Promise<ClientResult> {
    if (isClosed) return { ok: false, reason: 'closed', tries: 0 }
    if (asked.signal?.aborted) return { ok: false, reason: 'aborted', tries: 0 }
    const authenticator = new Uint8Array(16)
    if (!hasSignedAuthenticator(asked.code)) random(authenticator)
    const attributes = typeof asked.attributes === 'function' ? asked.attributes(authenticator) : asked.attributes
    const tries = asked.tries ?? options.tries ?? 3
    const timeoutMs = asked.timeoutMs ?? options.timeoutMs ?? 3_000

    let settle: (result: ClientResult) => void = () => undefined
    const result = new Promise<ClientResult>((resolve) => (settle = resolve))
    let sent = 0
    let failedSends = 0
    let isOver = false
    const hasEnded = () => isOver
    let rejection: ResponseFailure | undefined
    let systemError: string | undefined
    let retransmission: NodeJS.Timeout | undefined
    const end = (outcome: ClientResult) => {
      isOver = true
      clearTimeout(deadline)
      clearTimeout(retransmission)
      underWay.delete(fail)
      asked.signal?.removeEventListener('abort', onAbort)
      settle(outcome)
    }
    const fail = (ending: Ending) => {
      const found = systemError ?? lastSystemError
      end({
        ok: false,
        tries: sent,
        ...(rejection && { rejected: rejection }),
        ...(found !== undefined && ending.reason !== 'aborted' && { systemError: found }),
        ...ending,
      })
    }
    const onAbort = () => fail({ reason: 'aborted' })
    asked.signal?.addEventListener('abort', onAbort, { once: true })
    underWay.add(fail)
    // Waiting for an identifier counts as waiting for the server: a caller's time is never exceeded.
    const deadline = setTimeout(
      () => fail({ reason: sent > 0 && failedSends >= sent ? 'send-failed' : 'timeout' }),
      asked.waitMs ?? timeoutMs * tries,
    )

    let startedAt = 0
    let bytes: Uint8Array = new Uint8Array(0)
    const waiting: Waiting = {
      onResponse(packet) {
        const verdict = checkResponse(packet, {
          code: asked.code,
          authenticator: bytes.subarray(4, 20),
          secret,
          requireMessageAuthenticator: options.requireMessageAuthenticator ?? true,
        })
        if (verdict !== 'valid') {
          rejection = verdict
          refuse(packet.bytes, verdict)
          return
        }
        options.onDatagram?.({ direction: 'received', bytes: packet.bytes, verdict })
        lastSystemError = undefined
        const requestAuthenticator = bytes.subarray(4, 20)
        end({ ok: true, packet, requestAuthenticator, roundTripMs: clock() - startedAt, tries: sent })
      },
    }

    const slot = await pool.take(waiting, hasEnded, result).catch((error: unknown) => {
      systemError = systemErrorOf(error)
      fail({ reason: 'send-failed' })
      return undefined
    })
    if (!slot) return result
    if (hasEnded()) {
      pool.release(slot)
      return result
    }
    try {
      bytes = encodeRequest({
        code: asked.code,
        identifier: slot.identifier,
        authenticator,
        attributes,
        secret,
        ...(asked.messageAuthenticator !== undefined && { messageAuthenticator: asked.messageAuthenticator }),
      })
    } catch (error) {
      end({ ok: false, reason: 'aborted', tries: 0 })
      pool.release(slot)
      throw error
    }
    startedAt = clock()
    const transmit = () => {
      sent++
      options.onDatagram?.({ direction: 'sent', bytes, transmission: sent })
      slot.socket.send(bytes, (error) => {
        failedSends++
        systemError = systemErrorOf(error)
        options.onSystemError?.(systemError)
      })
      if (sent < tries) retransmission = setTimeout(transmit, timeoutMs)
    }
    transmit()
    const outcome = await result
    pool.release(slot)
    return outcome
  }

  return {
    request,
    open: () => pool.localPort(),
    async close() {
      isClosed = true
      for (const fail of [...underWay]) fail({ reason: 'closed' })
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
