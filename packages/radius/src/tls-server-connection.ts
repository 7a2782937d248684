/** One RadSec connection that a server accepted: packets in, replies out, and every reason for which it ends. */
import type { TLSSocket } from 'node:tls'

import type { Source } from './incoming-request.ts'
import { PacketStream, type StreamFailure } from './packet-stream.ts'
import { PacketWriter } from './packet-writer.ts'
import type { PeerCertificate } from './radsec.ts'
import { systemErrorOf } from './system-error.ts'

/** Where a request over TLS came from. */
export interface TlsSource extends Source {
  readonly certificate: PeerCertificate
}

/** Why a connection ended, or never began. */
export type ConnectionEnding =
  /** The other end closed it between two packets, or we closed the server. */
  | 'closed-by-peer'
  | 'closed'
  | 'cut-inside-packet'
  | 'connection-error'
  | 'handshake-failed'
  | 'handshake-timeout'
  | 'certificate-refused'
  | 'too-many-connections'
  | 'too-many-connections-of-address'
  /** A packet was begun and not finished in time. */
  | 'packet-timeout'
  | 'idle'
  /** The other end does not read what it is sent. */
  | 'slow-reader'
  /** RFC 6613 §2.6.4: what a datagram is dropped for costs a connection its life. */
  | 'packet-refused'

export interface ConnectionLimits {
  readonly packetTimeoutMs: number
  readonly idleTimeoutMs: number
}

export interface ConnectionHandlers {
  readonly onPacket: (bytes: Uint8Array, connection: TlsServerConnection) => void
  readonly onStreamFailure: (failure: StreamFailure, connection: TlsServerConnection) => void
  readonly onEnd: (ending: ConnectionEnding, connection: TlsServerConnection, detail: string | undefined) => void
}

/** A reader who lets this much pile up is not reading. */
const maximumUnreadBytes = 256 * 1024
/** What the orderly end of a connection may take. */
const farewellMs = 2_000

export class TlsServerConnection {
  readonly source: TlsSource
  readonly localAddress: string
  readonly localPort: number
  /** Unlike that of any other connection of this process. */
  readonly id: number
  readonly #socket: TLSSocket
  readonly #limits: ConnectionLimits
  readonly #handlers: ConnectionHandlers
  readonly #stream: PacketStream
  readonly #writer: PacketWriter
  #packetTimer: NodeJS.Timeout | undefined
  #completed = 0
  #ending: ConnectionEnding | undefined
  #detail: string | undefined

  static #connections = 0

  constructor(socket: TLSSocket, certificate: PeerCertificate, limits: ConnectionLimits, handlers: ConnectionHandlers) {
    this.id = TlsServerConnection.#connections++
    this.#socket = socket
    this.#writer = new PacketWriter(socket)
    this.#limits = limits
    this.#handlers = handlers
    this.source = { ...sourceOf(socket), certificate }
    this.localAddress = socket.localAddress ?? ''
    this.localPort = socket.localPort ?? 0
    this.#stream = new PacketStream((bytes) => {
      this.#completed++
      handlers.onPacket(bytes, this)
    })
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 60_000)
    socket.setTimeout(limits.idleTimeoutMs, () => this.end('idle'))
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('end', () => this.#note(this.#stream.heldBytes > 0 ? 'cut-inside-packet' : 'closed-by-peer'))
    socket.on('error', (error) =>
      this.#note(this.#stream.heldBytes > 0 ? 'cut-inside-packet' : 'connection-error', systemErrorOf(error)),
    )
    socket.on('close', () => {
      clearTimeout(this.#packetTimer)
      handlers.onEnd(this.#ending ?? 'closed-by-peer', this, this.#detail)
    })
  }

  /** Hands octets over; false when the connection has ended. */
  send(bytes: Uint8Array): boolean {
    if (this.#ending !== undefined || !this.#socket.writable) return false
    this.#writer.write(bytes)
    if (this.#writer.waitingBytes > maximumUnreadBytes) {
      this.#note('slow-reader')
      this.#socket.destroy()
      return false
    }
    return true
  }

  /** Ends the connection: what was sent still goes out, what comes in is not looked at. */
  end(ending: ConnectionEnding, detail?: string): void {
    this.#note(ending, detail)
    this.#stream.stop()
    this.#socket.setTimeout(farewellMs, () => this.#socket.destroy())
    this.#writer.end()
  }

  #take(chunk: Buffer): void {
    if (this.#ending !== undefined) return
    const before = this.#completed
    const failure = this.#stream.push(chunk)
    if (failure) {
      this.#handlers.onStreamFailure(failure, this)
      return
    }
    // The time is that of a packet, not of an octet: one octet a second would keep a connection for ever.
    if (this.#completed > before || this.#stream.heldBytes === 0) {
      clearTimeout(this.#packetTimer)
      this.#packetTimer = undefined
    }
    if (this.#stream.heldBytes > 0) {
      this.#packetTimer ??= setTimeout(() => this.end('packet-timeout'), this.#limits.packetTimeoutMs)
    }
  }

  /** The first reason counts: what follows is its consequence. */
  #note(ending: ConnectionEnding, detail?: string): void {
    if (this.#ending !== undefined) return
    this.#ending = ending
    this.#detail = detail
  }
}

/** Where a socket leads; addresses of IPv4 that came in over IPv6 are those of IPv4. */
export function sourceOf(socket: {
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
}): Source {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
  return { address, port: socket.remotePort ?? 0, family: address.includes(':') ? 'IPv6' : 'IPv4' }
}
