/** What happens to a packet that came over a RadSec connection: dropped by name, answered from memory, or handed on once. */
import { admit, type DropReason } from './admission.ts'
import { attribute } from './attributes.ts'
import { packetCodes, type PacketCode } from './codes.ts'
import { DuplicateTable } from './duplicates.ts'
import { encodeResponse } from './encode.ts'
import { ServerRequest } from './incoming-request.ts'
import { decodePacket, type Packet } from './packet.ts'
import { radsecSecret } from './radsec.ts'
import type { TlsServerConnection } from './tls-server-connection.ts'
import type { TlsServerOptions } from './tls-server-options.ts'
import type { Drop, ServerCounters } from './udp-server.ts'

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

export interface TlsIntake {
  take(bytes: Uint8Array, connection: TlsServerConnection): void
  drop(reason: DropReason, connection: TlsServerConnection): void
  /** Forgets answers whose time is over. */
  sweep(): void
  readonly counters: Omit<ServerCounters, 'socketErrors'>
}

/** One for all connections of a server. */
export function createTlsIntake<Client>(options: TlsServerOptions<Client>): TlsIntake {
  const clock = options.clock ?? (() => performance.now())
  const duplicates = new DuplicateTable({
    replyCacheMs,
    pendingLimit: options.pendingLimit ?? 50_000,
    replyLimit: 65_536,
  })
  const dropped: Partial<Record<DropReason, number>> = {}
  const count = { received: 0, accepted: 0, answered: 0, repeated: 0, superseded: 0 }

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

  return {
    take,
    drop,
    sweep: () => duplicates.expire(clock()),
    get counters() {
      return { ...count, pending: duplicates.pending, repliesKept: duplicates.answered, dropped: { ...dropped } }
    },
  }
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
