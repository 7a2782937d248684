/** A request that a server took in: what the work on it sees, and the one way to answer it. */
import { packetCodes, type PacketCode } from './codes.ts'
import type { DuplicateTable, RememberedRequest } from './duplicates.ts'
import { encodeResponse } from './encode.ts'
import type { Attribute, Packet } from './packet.ts'
import { proxyStates } from './proxy-state.ts'
import type { SharedSecret } from './shared-secret.ts'

/** Where a datagram came from. */
export interface Source {
  /** Without the zone of a link-local address. */
  readonly address: string
  readonly port: number
  readonly family: 'IPv4' | 'IPv6'
}

export interface Response {
  readonly code: PacketCode
  /** Without Message-Authenticator and Proxy-State, which are added here. */
  readonly attributes: readonly Attribute[]
  /** Whether Message-Authenticator leads the reply; true for what answers Access-Request or Status-Server. */
  readonly messageAuthenticator?: boolean
}

/** What became of a response: sent, or of no use any more. */
export type ResponseOutcome = 'sent' | 'superseded' | 'already-settled' | 'closed'

/** Structurally valid, from a known client, authenticators verified, and not a duplicate. */
export interface IncomingRequest<Client> {
  readonly packet: Packet
  readonly source: Source
  readonly localAddress: string
  readonly localPort: number
  readonly client: Client
  readonly secret: SharedSecret
  /** By the server's clock. */
  readonly receivedAtMs: number
  readonly messageAuthenticator: 'valid' | 'absent'
  /** Whether the client reused the identifier for a newer request: an answer would be of no use. */
  readonly superseded: boolean
  /**
   * Answers, once: later calls change nothing. The request's Proxy-State attributes are copied in their order
   * (RFC 2865 §5.33), and the octets repeated to retransmissions. Throws EncodeError when they do not fit.
   */
  respond(response: Response): ResponseOutcome
  /** Settles the request in silence: a retransmission is processed anew. */
  ignore(): void
}

/** What a request needs of its server. */
export interface Origin<Client> {
  readonly packet: Packet
  readonly source: Source
  readonly localAddress: string
  readonly localPort: number
  readonly client: Client
  readonly secret: SharedSecret
  readonly receivedAtMs: number
  readonly messageAuthenticator: 'valid' | 'absent'
  readonly entry: RememberedRequest
  readonly duplicates: DuplicateTable
  readonly clock: () => number
  /** Returns false when the socket is closed. One function for all requests of a socket. */
  readonly send: (bytes: Uint8Array, to: Source) => boolean
}

export class ServerRequest<Client> implements IncomingRequest<Client> {
  readonly packet: Packet
  readonly source: Source
  readonly localAddress: string
  readonly localPort: number
  readonly client: Client
  readonly secret: SharedSecret
  readonly receivedAtMs: number
  readonly messageAuthenticator: 'valid' | 'absent'
  readonly #entry: RememberedRequest
  readonly #duplicates: DuplicateTable
  readonly #clock: () => number
  readonly #send: Origin<Client>['send']

  constructor(origin: Origin<Client>) {
    this.packet = origin.packet
    this.source = origin.source
    this.localAddress = origin.localAddress
    this.localPort = origin.localPort
    this.client = origin.client
    this.secret = origin.secret
    this.receivedAtMs = origin.receivedAtMs
    this.messageAuthenticator = origin.messageAuthenticator
    this.#entry = origin.entry
    this.#duplicates = origin.duplicates
    this.#clock = origin.clock
    this.#send = origin.send
  }

  get superseded(): boolean {
    return this.#entry.superseded
  }

  respond(response: Response): ResponseOutcome {
    const { packet, secret } = this
    const entry = this.#entry
    if (entry.superseded) return 'superseded'
    if (entry.gone || entry.reply) return 'already-settled'
    const copied = proxyStates(packet)
    const bytes = encodeResponse({
      code: response.code,
      request: packet,
      attributes: copied.length === 0 ? response.attributes : [...response.attributes, ...copied],
      secret,
      messageAuthenticator: response.messageAuthenticator ?? packet.code !== packetCodes.accountingRequest,
    })
    this.#duplicates.answer(entry, bytes, this.#clock())
    return this.#send(bytes, this.source) ? 'sent' : 'closed'
  }

  ignore(): void {
    this.#duplicates.forget(this.#entry)
  }
}
