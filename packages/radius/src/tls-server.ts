/** A RADIUS server over TLS (RadSec): the shape of the UDP one, with certificates in the place of addresses and secrets. */
import { constants } from 'node:crypto'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createSecure, type Server as SecureServer, type TLSSocket } from 'node:tls'

import { admit, type DropReason } from './admission.ts'
import { attribute } from './attributes.ts'
import { packetCodes, type PacketCode } from './codes.ts'
import { DuplicateTable } from './duplicates.ts'
import { encodeResponse } from './encode.ts'
import { ServerRequest, type IncomingRequest, type Source } from './incoming-request.ts'
import { decodePacket, type Packet } from './packet.ts'
import {
  minimumTlsVersion,
  peerCertificate,
  radsecSecret,
  type PeerCertificate,
  type TlsCredentials,
} from './radsec.ts'
import { systemErrorOf } from './system-error.ts'
import {
  sourceOf,
  TlsServerConnection,
  type ConnectionEnding,
  type ConnectionHandlers,
  type TlsSource,
} from './tls-server-connection.ts'
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

interface Port {
  readonly server: Server
  readonly secure: SecureServer
  readonly port: number
}

const sweepEveryMs = 5_000
/** RFC 5080 §2.2.2, for clients that repeat themselves even here, where RFC 6613 §2.6.1 forbids it. */
const replyCacheMs = 5_000

/** What may be wrong with a packet while its connection stays (RFC 6613 §2.6.4 lets it): the rest end it. */
const forgivable: ReadonlySet<DropReason> = new Set<DropReason>([
  'unknown-code',
  'unexpected-code',
  'message-authenticator-missing',
  'duplicate-in-flight',
  'pending-limit',
  'handler-failed',
])

/**
 * Creates a server without ports; {@link TlsServer.listen} opens them. Client certificates are always demanded and
 * verified, TLS is 1.2 at least, and sessions are not resumed, so that no certificate outlives its check.
 * Authentication and accounting share a port (RFC 6614 §2.1). Throws when a certificate does not fit its key.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6614#section-2 RFC 6614 §2}
 */
export function createTlsServer<Client>(options: TlsServerOptions<Client>): TlsServer {
  const clock = options.clock ?? (() => performance.now())
  const duplicates = new DuplicateTable({
    replyCacheMs,
    pendingLimit: options.pendingLimit ?? 50_000,
    replyLimit: 65_536,
  })
  const limits = {
    packetTimeoutMs: options.packetTimeoutMs ?? 10_000,
    idleTimeoutMs: options.idleTimeoutMs ?? 300_000,
  }
  let credentials = options.credentials
  let ca = options.ca
  const ports = new Set<Port>()
  const connections = new Set<TlsServerConnection>()
  const sockets = new Set<Socket>()
  const handshaking = new Map<string, Socket>()
  const perAddress = new Map<string, number>()
  const dropped: Partial<Record<DropReason, number>> = {}
  const endings: Partial<Record<ConnectionEnding, number>> = {}
  const count = { received: 0, accepted: 0, answered: 0, repeated: 0, superseded: 0, socketErrors: 0 }
  const sweep = setInterval(() => duplicates.expire(clock()), sweepEveryMs)
  sweep.unref()
  // A certificate that does not fit its key is heard of here and not at the first connection.
  createSecure(tlsOptions())

  function tlsOptions() {
    return {
      cert: credentials.certificate,
      key: credentials.key,
      ca,
      requestCert: true,
      // Not by Node, which forgets where the connection came from: who is not authorized gets no further than
      // `refuseCertificate`, before an octet of theirs is read.
      rejectUnauthorized: false,
      minVersion: minimumTlsVersion,
      secureOptions: constants.SSL_OP_NO_TICKET,
      handshakeTimeout: options.handshakeTimeoutMs ?? 10_000,
    } as const
  }

  function ended(end: ConnectionEnd): void {
    endings[end.ending] = (endings[end.ending] ?? 0) + 1
    options.onConnectionEnd?.(end)
  }

  function drop(reason: DropReason, connection: TlsServerConnection, more: Partial<Drop<Client>> = {}): void {
    dropped[reason] = (dropped[reason] ?? 0) + 1
    options.onDrop?.({ reason, source: connection.source, localPort: connection.localPort, ...more })
    if (!forgivable.has(reason)) connection.end('packet-refused', reason)
  }

  function take(bytes: Uint8Array, connection: TlsServerConnection): void {
    count.received++
    const { source, localPort, localAddress } = connection
    const decoded = decodePacket(bytes)
    if (!decoded.ok) {
      drop(decoded.failure, connection)
      return
    }
    const { packet } = decoded
    const known = options.clientFor(source, packet)
    if (!known) {
      drop('unknown-client', connection, { packet })
      return
    }
    const { client } = known
    const kind = packet.code === packetCodes.accountingRequest ? 'accounting' : 'authentication'
    const verdict = admit(packet, kind, {
      secret: radsecSecret,
      messageAuthenticator: known.messageAuthenticator ?? 'optional',
      dropProxyStateWithout: false,
    })
    if (verdict !== 'valid' && verdict !== 'absent') {
      drop(verdict, connection, { packet, client })
      if (verdict === 'unexpected-code') refuseByName(packet, connection)
      return
    }

    const receivedAtMs = clock()
    const key = `${connection.id}/${packet.code}/${packet.identifier}`
    const arrival = duplicates.arrive(key, packet.authenticator, receivedAtMs)
    switch (arrival.kind) {
      case 'in-flight': {
        drop('duplicate-in-flight', connection, { packet, client })
        return
      }
      case 'full': {
        drop('pending-limit', connection, { packet, client })
        return
      }
      case 'answered':
        count.repeated++
        connection.send(arrival.reply)
        return
      case 'new':
        if (arrival.superseded) count.superseded++
    }
    count.accepted++
    const request = new ServerRequest<Client>({
      packet,
      source,
      localAddress,
      localPort,
      client,
      secret: radsecSecret,
      receivedAtMs,
      messageAuthenticator: verdict,
      entry: arrival.entry,
      duplicates,
      clock,
      send(reply) {
        count.answered++
        return connection.send(reply)
      },
    })
    try {
      options.onRequest(request)
    } catch (error) {
      // A handler's bug must not end the process, nor let a request hang in the table.
      request.ignore()
      drop('handler-failed', connection, { packet, client, detail: String(error) })
    }
  }

  function refuseCertificate(socket: TLSSocket, certificate: PeerCertificate | undefined): void {
    const reason: unknown = socket.authorizationError
    ended({
      ending: 'certificate-refused',
      source: { ...sourceOf(socket), ...(certificate && { certificate }) },
      ...(socket.localPort !== undefined && { localPort: socket.localPort }),
      detail: certificate ? (typeof reason === 'string' ? reason : 'UNKNOWN') : 'NO_CERTIFICATE',
    })
    socket.on('error', () => undefined)
    socket.destroy()
  }

  /** Counts a connection in before its handshake; false when there are too many. */
  function enter(socket: Socket): boolean {
    const source = sourceOf(socket)
    const ofAddress = perAddress.get(source.address) ?? 0
    const refuse = (ending: ConnectionEnding) => {
      socket.destroy()
      ended({ ending, source, localPort: socket.localPort ?? 0 })
      return false
    }
    if (sockets.size >= (options.connectionLimit ?? 1_024)) return refuse('too-many-connections')
    if (ofAddress >= (options.connectionsPerAddress ?? 64)) return refuse('too-many-connections-of-address')
    sockets.add(socket)
    const key = keyOf(source, socket.localPort)
    handshaking.set(key, socket)
    perAddress.set(source.address, ofAddress + 1)
    socket.once('close', () => {
      sockets.delete(socket)
      if (handshaking.get(key) === socket) handshaking.delete(key)
      const left = (perAddress.get(source.address) ?? 1) - 1
      if (left > 0) perAddress.set(source.address, left)
      else perAddress.delete(source.address)
    })
    return true
  }

  /** Closes a port, and what came in by it: connections in order, handshakes at once. */
  async function closePort(port: Port): Promise<void> {
    if (!ports.delete(port)) return
    const closed = new Promise((resolve) => port.server.close(resolve))
    for (const connection of connections) if (connection.localPort === port.port) connection.end('closed')
    for (const [key, socket] of handshaking) if (key.startsWith(`${port.port}/`)) socket.destroy()
    await closed
  }

  const handlers: ConnectionHandlers = {
    onPacket: take,
    onStreamFailure: (failure, connection) => drop(failure, connection),
    onEnd(ending, connection, detail) {
      connections.delete(connection)
      if (ending === 'connection-error') count.socketErrors++
      const { source, localPort } = connection
      ended({ ending, source, localPort, ...(detail !== undefined && { detail }) })
    },
  }

  /** What the sockets of a port are handed to once they are counted in. */
  function createSecureServer(): SecureServer {
    const server = createSecure(tlsOptions())
    server.on('secureConnection', (socket) => {
      handshaking.delete(keyOf(sourceOf(socket), socket.localPort))
      const certificate = peerCertificate(socket)
      if (socket.authorized && certificate) {
        connections.add(new TlsServerConnection(socket, certificate, limits, handlers))
      } else {
        refuseCertificate(socket, certificate)
      }
    })
    server.on('tlsClientError', (error, socket) => {
      const { localPort } = socket
      // A peer that hung up has no address any more.
      const known = localPort !== undefined && { source: sourceOf(socket), localPort }
      ended({ ...handshakeEnding(error), ...known })
      // Node leaves it open: a handshake that never began would stay for ever.
      socket.destroy()
    })
    return server
  }

  return {
    async listen({ address, port }) {
      const secure = createSecureServer()
      const server = createServer((socket) => {
        // Feeding a TLS server like this is its documented way to take sockets of others.
        if (enter(socket)) secure.emit('connection', socket)
      })
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen({ host: address, port, ipv6Only: address.includes(':') }, () => {
          server.off('error', reject)
          resolve()
        })
      })
      server.on('error', () => count.socketErrors++)
      const bound = server.address() as AddressInfo
      const own: Port = { server, secure, port: bound.port }
      ports.add(own)
      return { address: bound.address, port: bound.port, close: () => closePort(own) }
    },
    replaceCredentials(newCredentials, newCa) {
      const before = { credentials, ca }
      credentials = newCredentials
      ca = newCa
      try {
        createSecure(tlsOptions())
      } catch (error) {
        credentials = before.credentials
        ca = before.ca
        throw error
      }
      for (const { secure } of ports) secure.setSecureContext(tlsOptions())
    },
    async close() {
      clearInterval(sweep)
      await Promise.all([...ports].map(closePort))
    },
    get connections() {
      return connections.size
    },
    get counters() {
      return {
        ...count,
        pending: duplicates.pending,
        repliesKept: duplicates.answered,
        dropped: { ...dropped },
        endings: { ...endings },
      }
    },
  }
}

function keyOf({ address, port }: Source, localPort: number | undefined): string {
  return `${localPort ?? 0}/${address}/${port}`
}

const unwanted: Partial<Record<PacketCode, PacketCode>> = {
  [packetCodes.coaRequest]: packetCodes.coaNak,
  [packetCodes.disconnectRequest]: packetCodes.disconnectNak,
}

/** RFC 6614 §2.5: all kinds of packets share the port, so that one which is not wanted here is answered as such. */
function refuseByName(request: Packet, connection: TlsServerConnection): void {
  const code = unwanted[request.code]
  if (code === undefined) return
  const attributes = [attribute('Error-Cause', 'Unsupported-Extension')]
  connection.send(encodeResponse({ code, request, attributes, secret: radsecSecret, messageAuthenticator: true }))
}

function handshakeEnding(error: Error): Pick<ConnectionEnd, 'ending' | 'detail'> {
  const detail = systemErrorOf(error)
  if (detail === 'ERR_TLS_HANDSHAKE_TIMEOUT') return { ending: 'handshake-timeout' }
  return { ending: 'handshake-failed', detail }
}
