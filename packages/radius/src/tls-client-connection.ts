/** One RadSec connection of a client: 256 identifiers, answers matched to them, and a watchdog that asks for life. */
import { isIP } from 'node:net'
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls'

import { packetCodes, type PacketCode } from './codes.ts'
import { encodeRequest, type RequestToEncode } from './encode.ts'
import { decodePacket, type Packet } from './packet.ts'
import { PacketStream } from './packet-stream.ts'
import { PacketWriter } from './packet-writer.ts'
import {
  minimumTlsVersion,
  peerCertificate,
  radsecSecret,
  type PeerCertificate,
  type TlsCredentials,
} from './radsec.ts'
import { checkResponse, type ResponseFailure } from './response-check.ts'
import { systemErrorOf } from './system-error.ts'

export interface TlsConnectionOptions {
  readonly host: string
  readonly port: number
  readonly credentials: TlsCredentials
  readonly ca: string
  readonly serverName: string | undefined
  readonly connectTimeoutMs: number
  /** 0: no watchdog. */
  readonly watchdogMs: number
  readonly watchdogTimeoutMs: number
  readonly requireMessageAuthenticator: boolean
  readonly onRejected: (failure: ResponseFailure) => void
  /** Whether others would do without this one. */
  readonly isSpare: (connection: TlsClientConnection) => boolean
  readonly onClosed: (connection: TlsClientConnection) => void
}

/** A request, as the connection needs it. */
export interface Outgoing extends Pick<RequestToEncode, 'attributes' | 'messageAuthenticator'> {
  readonly code: PacketCode
  readonly authenticator: Uint8Array
  readonly onSent?: () => void
  readonly onResponse: (packet: Packet, requestAuthenticator: Uint8Array) => void
  readonly onRejected: (failure: ResponseFailure) => void
  /** The connection ended first. */
  readonly onLost: (systemError: string) => void
}

interface Waiting {
  readonly code: PacketCode
  readonly requestAuthenticator: Uint8Array
  /** Undefined once nobody waits any more. */
  outgoing: Outgoing | undefined
}

const identifiersPerConnection = 256
/** So many unanswered requests that nobody waits for any more: the connection has had its day. */
const maximumAbandoned = 128

export class TlsClientConnection {
  readonly certificate: PeerCertificate | undefined
  /** Resolves when the socket is closed. */
  readonly closed: Promise<void>
  readonly #options: TlsConnectionOptions
  readonly #socket: TLSSocket
  readonly #writer: PacketWriter
  readonly #waiting = new Map<number, Waiting>()
  readonly #stream = new PacketStream((bytes) => this.#take(bytes))
  #watchdog: NodeJS.Timeout | undefined
  #next = 0
  #abandoned = 0
  #isOpen = true
  #hasAnswered = false
  #failure = 'ECONNRESET'

  /** Connects and shakes hands; rejects with the system's or OpenSSL's error (`ECONNREFUSED`, `CERT_HAS_EXPIRED`, …). */
  static open(options: TlsConnectionOptions, signal: AbortSignal): Promise<TlsClientConnection> {
    const { host, serverName = host } = options
    return new Promise((resolve, reject) => {
      const socket = connect({
        host,
        port: options.port,
        ca: options.ca,
        cert: options.credentials.certificate,
        key: options.credentials.key,
        minVersion: minimumTlsVersion,
        rejectUnauthorized: true,
        checkServerIdentity: (_host, certificate) => checkServerIdentity(serverName, certificate),
        ...(isIP(serverName) === 0 && { servername: serverName }),
      })
      const fail = (error: Error) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        socket.off('close', onClose)
        socket.on('error', () => undefined)
        socket.destroy()
        reject(error)
      }
      const timeout = Object.assign(new Error('the server did not answer in time'), { code: 'ETIMEDOUT' })
      const timer = setTimeout(() => fail(timeout), options.connectTimeoutMs)
      const onAbort = () => fail(Object.assign(new Error('closed'), { code: 'ECANCELED' }))
      const onClose = () => fail(Object.assign(new Error('the server hung up'), { code: 'ECONNRESET' }))
      signal.addEventListener('abort', onAbort, { once: true })
      socket.once('error', fail)
      socket.once('close', onClose)
      socket.once('secureConnect', () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        socket.off('error', fail)
        socket.off('close', onClose)
        resolve(new TlsClientConnection(socket, options))
      })
    })
  }

  private constructor(socket: TLSSocket, options: TlsConnectionOptions) {
    this.#socket = socket
    this.#writer = new PacketWriter(socket)
    this.#options = options
    this.certificate = peerCertificate(socket)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 60_000)
    socket.on('data', (chunk: Buffer) => {
      const failure = this.#stream.push(chunk)
      if (failure) this.#reject(failure)
    })
    socket.on('error', (error) => (this.#failure = systemErrorOf(error)))
    this.closed = new Promise((resolve) =>
      socket.on('close', () => {
        this.#ended()
        resolve()
      }),
    )
    this.#arm()
  }

  get #isFree(): boolean {
    return this.#isOpen && this.#abandoned < maximumAbandoned && this.#waiting.size < identifiersPerConnection
  }

  /** Whether the server ever gave an answer here that was believed. */
  get hasAnswered(): boolean {
    return this.#hasAnswered
  }

  /** Why it ended: the system's or OpenSSL's code. */
  get failure(): string {
    return this.#failure
  }

  /**
   * Sends and returns what gives it up again; undefined when no identifier is free. Throws EncodeError, having sent
   * nothing, when the request does not fit.
   */
  send(outgoing: Outgoing): (() => void) | undefined {
    if (!this.#isFree) return undefined
    const identifier = this.#takeIdentifier()
    const { code, attributes, authenticator, messageAuthenticator } = outgoing
    const bytes = encodeRequest({
      code,
      identifier,
      authenticator,
      attributes,
      secret: radsecSecret,
      ...(messageAuthenticator !== undefined && { messageAuthenticator }),
    })
    const waiting: Waiting = { code, requestAuthenticator: bytes.subarray(4, 20), outgoing }
    this.#waiting.set(identifier, waiting)
    this.#writer.write(bytes)
    outgoing.onSent?.()
    return () => {
      if (!waiting.outgoing) return
      // Its answer may still come: until then the identifier must not mean another request.
      waiting.outgoing = undefined
      this.#abandoned++
    }
  }

  /** Ends the connection; whoever waits hears that it was lost. */
  close(failure?: string): void {
    if (!this.#isOpen) return
    if (failure !== undefined) this.#failure = failure
    this.#isOpen = false
    this.#stream.stop()
    this.#socket.setTimeout(2_000, () => this.#socket.destroy())
    if (failure === undefined) this.#writer.end()
    else this.#socket.destroy()
  }

  #takeIdentifier(): number {
    while (this.#waiting.has(this.#next)) this.#next = (this.#next + 1) % identifiersPerConnection
    const identifier = this.#next
    this.#next = (identifier + 1) % identifiersPerConnection
    return identifier
  }

  #take(bytes: Uint8Array): void {
    const decoded = decodePacket(bytes)
    if (!decoded.ok) {
      this.#reject(decoded.failure)
      return
    }
    const { packet } = decoded
    const waiting = this.#waiting.get(packet.identifier)
    if (!waiting) {
      this.#reject('unknown-identifier')
      return
    }
    const verdict = checkResponse(packet, {
      code: waiting.code,
      authenticator: waiting.requestAuthenticator,
      secret: radsecSecret,
      requireMessageAuthenticator: this.#options.requireMessageAuthenticator,
    })
    if (verdict !== 'valid') {
      waiting.outgoing?.onRejected(verdict)
      this.#reject(verdict)
      return
    }
    this.#hasAnswered = true
    this.#arm()
    this.#waiting.delete(packet.identifier)
    if (waiting.outgoing) waiting.outgoing.onResponse(packet, waiting.requestAuthenticator)
    else this.#abandoned--
  }

  /** RFC 6613 §2.6.4: what is malformed or not signed ends the connection, what nobody asked for does not. */
  #reject(failure: ResponseFailure): void {
    this.#options.onRejected(failure)
    if (failure !== 'unknown-code' && failure !== 'unknown-identifier') this.close('EPROTO')
  }

  #arm(): void {
    if (this.#options.watchdogMs === 0) return
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(() => this.#bark(), this.#options.watchdogMs)
  }

  /** RFC 3539 §3.4, RFC 5997 §4.2: after a silence the server is asked whether it lives; a second one is its death. */
  #bark(): void {
    if (this.#waiting.size === this.#abandoned && this.#options.isSpare(this)) {
      this.close()
      return
    }
    this.#watchdog = setTimeout(() => this.close('ETIMEDOUT'), this.#options.watchdogTimeoutMs)
    const nothing = () => undefined
    const authenticator = crypto.getRandomValues(new Uint8Array(16))
    this.send({
      code: packetCodes.statusServer,
      attributes: [],
      authenticator,
      onResponse: nothing,
      onRejected: nothing,
      onLost: nothing,
    })
  }

  #ended(): void {
    this.#isOpen = false
    clearTimeout(this.#watchdog)
    this.#options.onClosed(this)
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#abandoned = 0
    for (const { outgoing } of all) outgoing?.onLost(this.#failure)
  }
}
