/** What a RADIUS client over UDP is made from, is asked, and answers. */
import type { PacketCode } from './codes.ts'
import type { Attribute, Packet } from './packet.ts'
import type { ResponseFailure } from './response-check.ts'
import type { SharedSecret } from './shared-secret.ts'

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
