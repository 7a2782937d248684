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
  /** Returns false when the socket is closed. */
  readonly send: (bytes: Uint8Array) => boolean
}

export class ServerRequest<Client> implements IncomingRequest<Client> {
  readonly #origin: Origin<Client>

  constructor(origin: Origin<Client>) {
    this.#origin = origin
  }

  get packet(): Packet {
    return this.#origin.packet
  }
  get source(): Source {
    return this.#origin.source
  }
  get localAddress(): string {
    return this.#origin.localAddress
  }
  get localPort(): number {
    return this.#origin.localPort
  }
  get client(): Client {
    return this.#origin.client
  }
  get secret(): SharedSecret {
    return this.#origin.secret
  }
  get receivedAtMs(): number {
    return this.#origin.receivedAtMs
  }
  get messageAuthenticator(): 'valid' | 'absent' {
    return this.#origin.messageAuthenticator
  }
  get superseded(): boolean {
    return this.#origin.entry.superseded
  }

  respond(response: Response): ResponseOutcome {
    const { packet, entry, secret, duplicates, clock, send } = this.#origin
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
    duplicates.answer(entry, bytes, clock())
    return send(bytes) ? 'sent' : 'closed'
  }

  ignore(): void {
    this.#origin.duplicates.forget(this.#origin.entry)
  }
}
