/** What a RadSec server is made from, what it tells, and how it is used. */
import type { IncomingRequest, Source } from './incoming-request.ts'
import type { Packet } from './packet.ts'
import type { PeerCertificate, TlsCredentials } from './radsec.ts'
import type { ConnectionEnding, TlsSource } from './tls-server-connection.ts'
import type { Drop, Listener, ServerCounters } from './udp-server.ts'

/** A client as the owner of the server knows it. Its secret is always `radsec`. */
export interface KnownTlsClient<Client> {
  readonly client: Client
  /** `optional` unless told: inside TLS nobody can forge what the attribute protects. */
  readonly messageAuthenticator?: 'require' | 'optional'
}

/** The end of a connection, also of one that was refused before it began. */
export interface ConnectionEnd {
  readonly ending: ConnectionEnding
  /** With what was presented, which under `certificate-refused` proves nothing. Absent when the other end was gone. */
  readonly source?: Source & { readonly certificate?: PeerCertificate }
  /** Absent likewise. */
  readonly localPort?: number
  /** The system's or OpenSSL's code, as `CERT_HAS_EXPIRED`, or the reason of the drop. */
  readonly detail?: string
}

export interface TlsServerOptions<Client> {
  readonly credentials: TlsCredentials
  /** PEM: the authorities that client certificates must come from, all of them. */
  readonly ca: string
  /** Finds the client by its certificate, address and packet; undefined drops the packet and ends the connection. */
  clientFor(source: TlsSource, packet: Packet): KnownTlsClient<Client> | undefined
  onRequest(request: IncomingRequest<Client>): void
  onDrop?(drop: Drop<Client>): void
  onConnectionEnd?(end: ConnectionEnd): void
  /** Milliseconds; any origin. */
  readonly clock?: () => number
  /** Requests in flight: 50,000. */
  readonly pendingLimit?: number
  /** Connections at a time: 1,024, and of one address 64, those inside their handshake included. */
  readonly connectionLimit?: number
  readonly connectionsPerAddress?: number
  /** 10,000 ms. */
  readonly handshakeTimeoutMs?: number
  /** From the first octet of a packet to its last: 10,000 ms. */
  readonly packetTimeoutMs?: number
  /** Without an octet either way: 300,000 ms. It must exceed what a request may wait for its answer. */
  readonly idleTimeoutMs?: number
}

export interface TlsServer {
  /** Opens one port; port 0 takes one that is free. Rejects with the system's error (`EADDRINUSE` …) untouched. */
  listen(options: { readonly address: string; readonly port: number }): Promise<Listener>
  /** Takes a renewed certificate for connections from now on. Throws, changing nothing, when it does not fit its key. */
  replaceCredentials(credentials: TlsCredentials, ca: string): void
  /** Closes the ports and ends every connection. */
  close(): Promise<void>
  readonly connections: number
  readonly counters: ServerCounters & { readonly endings: Readonly<Partial<Record<ConnectionEnding, number>>> }
}
