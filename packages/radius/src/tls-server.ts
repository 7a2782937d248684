/** A RADIUS server over TLS (RadSec): the shape of the UDP one, with certificates in the place of addresses and secrets. */
import { constants } from 'node:crypto'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { createServer as createSecure, type Server as SecureServer, type TLSSocket } from 'node:tls'

import { minimumTlsVersion, peerCertificate, type PeerCertificate } from './radsec.ts'
import { systemErrorOf } from './system-error.ts'
import { TlsDoors } from './tls-doors.ts'
import { createTlsIntake } from './tls-intake.ts'
import {
  sourceOf,
  TlsServerConnection,
  type ConnectionEnding,
  type ConnectionHandlers,
} from './tls-server-connection.ts'
import type { ConnectionEnd, TlsServer, TlsServerOptions } from './tls-server-options.ts'

interface Port {
  readonly server: Server
  readonly secure: SecureServer
  readonly port: number
}

const sweepEveryMs = 5_000
/**
 * Creates a server without ports; {@link TlsServer.listen} opens them. Client certificates are always demanded and
 * verified, TLS is 1.2 at least, and sessions are not resumed, so that no certificate outlives its check.
 * Authentication and accounting share a port (RFC 6614 §2.1). Throws when a certificate does not fit its key.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6614#section-2 RFC 6614 §2}
 */
export function createTlsServer<Client>(options: TlsServerOptions<Client>): TlsServer {
  const intake = createTlsIntake(options)
  const limits = {
    packetTimeoutMs: options.packetTimeoutMs ?? 10_000,
    idleTimeoutMs: options.idleTimeoutMs ?? 300_000,
  }
  let credentials = options.credentials
  let ca = options.ca
  const ports = new Set<Port>()
  const connections = new Set<TlsServerConnection>()
  const endings: Partial<Record<ConnectionEnding, number>> = {}
  let socketErrors = 0
  const sweep = setInterval(() => intake.sweep(), sweepEveryMs)
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

  /** Closes a port, and what came in by it: connections in order, handshakes at once. */
  async function closePort(port: Port): Promise<void> {
    if (!ports.delete(port)) return
    const closed = new Promise((resolve) => port.server.close(resolve))
    for (const connection of connections) if (connection.localPort === port.port) connection.end('closed')
    doors.dropHandshakes(port.port)
    await closed
  }

  const doors = new TlsDoors(
    { connections: options.connectionLimit ?? 1_024, connectionsPerAddress: options.connectionsPerAddress ?? 64 },
    ended,
  )

  const handlers: ConnectionHandlers = {
    onPacket: (bytes, connection) => intake.take(bytes, connection),
    onStreamFailure: (failure, connection) => intake.drop(failure, connection),
    onEnd(ending, connection, detail) {
      connections.delete(connection)
      if (ending === 'connection-error') socketErrors++
      const { source, localPort } = connection
      ended({ ending, source, localPort, ...(detail !== undefined && { detail }) })
    },
  }

  /** What the sockets of a port are handed to once they are counted in. */
  function createSecureServer(): SecureServer {
    const server = createSecure(tlsOptions())
    server.on('secureConnection', (socket) => {
      doors.shookHands(socket)
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
        if (doors.enter(socket)) secure.emit('connection', socket)
      })
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen({ host: address, port, ipv6Only: address.includes(':') }, () => {
          server.off('error', reject)
          resolve()
        })
      })
      server.on('error', () => socketErrors++)
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
        ...intake.counters,
        socketErrors,
        endings: { ...endings },
      }
    },
  }
}

function handshakeEnding(error: Error): Pick<ConnectionEnd, 'ending' | 'detail'> {
  const detail = systemErrorOf(error)
  if (detail === 'ERR_TLS_HANDSHAKE_TIMEOUT') return { ending: 'handshake-timeout' }
  return { ending: 'handshake-failed', detail }
}
