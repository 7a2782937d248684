/** A RADIUS server over UDP: takes datagrams in, drops what must be dropped by name, and hands on the rest. */
import type { RemoteInfo } from 'node:dgram'

import { admit, type ClientPolicy, type DropReason, type PortKind } from './admission.ts'
import { DuplicateTable } from './duplicates.ts'
import { ServerRequest, type IncomingRequest, type Source } from './incoming-request.ts'
import { decodePacket, type Packet } from './packet.ts'
import { placeOf } from './place.ts'
import { RestingPacket } from './resting-packet.ts'
import { bindSocket, type BoundSocket } from './udp-socket.ts'

/** A datagram that got no answer, and why. */
export interface Drop<Client> {
  readonly reason: DropReason
  readonly source: Source
  readonly localPort: number
  /** Present once the structure was valid. */
  readonly packet?: Packet
  /** Present once the client was known. */
  readonly client?: Client
  readonly detail?: string
}

/** A client as the owner of the server knows it, with what the server must know. */
export interface KnownClient<Client> extends ClientPolicy {
  readonly client: Client
}

export interface UdpServerOptions<Client> {
  /** Finds the client that a structurally valid packet came from; undefined drops it as `unknown-client`. */
  clientFor(source: Source, packet: Packet): KnownClient<Client> | undefined
  /** Takes a request over; it must be answered or ignored in the end. */
  onRequest(request: IncomingRequest<Client>): void
  /** Told of every drop; called often under a flood, so that it must be cheap. */
  onDrop?(drop: Drop<Client>): void
  /** Told of every answer that went out once more, because its request came once more. */
  onRepeat?(repeated: { readonly packet: Packet; readonly source: Source; readonly client: Client }): void
  /** Told of failures of a socket after it was bound; sending goes on. */
  onSocketError?(error: Error, localPort: number): void
  /** Milliseconds; any origin. */
  readonly clock?: () => number
  /** How long an answer is repeated to duplicates: 30,000 ms (RFC 5080 §2.2.2 asks for 5 to 30 s). */
  readonly replyCacheMs?: number
  /** Requests in flight: 50,000. */
  readonly pendingLimit?: number
  /** Answers kept for repetition: 65,536. */
  readonly replyLimit?: number
}

/** What a server counted since it was made. */
export interface ServerCounters {
  readonly received: number
  readonly accepted: number
  readonly answered: number
  readonly repeated: number
  readonly superseded: number
  readonly socketErrors: number
  readonly pending: number
  readonly repliesKept: number
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>
}

export interface Listener {
  readonly address: string
  readonly port: number
  /** Closes this socket; what is answered afterwards is not sent. */
  close(): Promise<void>
}

export interface UdpServer {
  /**
   * Opens one socket, IPv4 or IPv6 by its address; port 0 takes one that is free. Rejects with the system's error
   * (`EADDRINUSE` …) untouched; other listeners stay.
   */
  listen(options: { readonly address: string; readonly port: number; readonly kind: PortKind }): Promise<Listener>
  close(): Promise<void>
  readonly counters: ServerCounters
}

/** An open port, and how its requests are answered. */
interface Door {
  readonly socket: BoundSocket
  readonly kind: PortKind
  readonly answer: (bytes: Uint8Array, to: Pick<Source, 'address' | 'port'>) => boolean
}

const sweepEveryMs = 5_000
/** Devices ask from few ports: what is told to all their requests is kept once. */
const sourcesKept = 4_096

/**
 * Creates a server without sockets; {@link UdpServer.listen} opens them. Requests reach `onRequest` structurally
 * valid, authenticated and once.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5080#section-2.2.2 RFC 5080 §2.2.2}
 */
export function createUdpServer<Client>(options: UdpServerOptions<Client>): UdpServer {
  const clock = options.clock ?? (() => performance.now())
  const duplicates = new DuplicateTable({
    replyCacheMs: options.replyCacheMs ?? 30_000,
    pendingLimit: options.pendingLimit ?? 50_000,
    replyLimit: options.replyLimit ?? 65_536,
  })
  const dropped = new Map<DropReason, number>()
  const listeners = new Set<BoundSocket>()
  let received = 0
  let accepted = 0
  let answered = 0
  let repeated = 0
  let superseded = 0
  let socketErrors = 0
  // A server that fell silent must not keep old replies.
  const sweep = setInterval(() => duplicates.expire(clock()), sweepEveryMs)
  sweep.unref()

  const sources = new Map<string, Source>()

  function sourceOf({ address, port, family }: RemoteInfo): Source {
    const key = `${address}/${port}`
    const known = sources.get(key)
    if (known) return known
    const source: Source = { address: withoutZone(address), port, family }
    if (sources.size >= sourcesKept) sources.clear()
    sources.set(key, source)
    return source
  }

  function drop(what: Drop<Client>): void {
    dropped.set(what.reason, (dropped.get(what.reason) ?? 0) + 1)
    options.onDrop?.(what)
  }

  function take(datagram: Uint8Array, from: RemoteInfo, door: Door): void {
    received++
    const { socket, kind } = door
    const source = sourceOf(from)
    const localPort = socket.port
    const decoded = decodePacket(datagram)
    if (!decoded.ok) {
      drop({ reason: decoded.failure, source, localPort })
      return
    }
    const { packet } = decoded
    const known = options.clientFor(source, packet)
    if (!known) {
      drop({ reason: 'unknown-client', source, localPort, packet })
      return
    }
    const { client, secret } = known
    const verdict = admit(packet, kind, known)
    if (verdict !== 'valid' && verdict !== 'absent') {
      drop({ reason: verdict, source, localPort, packet, client })
      return
    }

    const receivedAtMs = clock()
    const key = placeOf(socket, from, packet)
    const arrival = duplicates.arrive(key, packet.authenticator, receivedAtMs)
    switch (arrival.kind) {
      case 'in-flight': {
        drop({ reason: 'duplicate-in-flight', source, localPort, packet, client })
        return
      }
      case 'full': {
        drop({ reason: 'pending-limit', source, localPort, packet, client })
        return
      }
      case 'answered':
        repeated++
        socket.send(arrival.reply, from.port, from.address)
        options.onRepeat?.({ packet, source, client })
        return
      case 'new':
        if (arrival.superseded) superseded++
    }
    accepted++
    const request = new ServerRequest<Client>({
      packet: new RestingPacket(packet),
      source,
      localAddress: socket.address,
      localPort,
      client,
      secret,
      receivedAtMs,
      messageAuthenticator: verdict,
      entry: arrival.entry,
      duplicates,
      clock,
      // The zone of a link-local address is the way back, and no part of the source.
      send: source.address === from.address ? door.answer : (bytes) => door.answer(bytes, from),
    })
    try {
      options.onRequest(request)
    } catch (error) {
      // A handler's bug must not end the process, nor let a request hang in the table.
      request.ignore()
      drop({ reason: 'handler-failed', source, localPort, packet, client, detail: String(error) })
    }
  }

  return {
    async listen({ address, port, kind }) {
      const socket: BoundSocket = await bindSocket(
        address,
        port,
        (datagram, from) => take(datagram, from, door),
        (error) => {
          socketErrors++
          options.onSocketError?.(error, port)
        },
      )
      const door: Door = {
        socket,
        kind,
        answer(bytes, to) {
          answered++
          return socket.send(bytes, to.port, to.address)
        },
      }
      listeners.add(socket)
      return {
        address: socket.address,
        port: socket.port,
        close() {
          listeners.delete(socket)
          return socket.close()
        },
      }
    },
    async close() {
      clearInterval(sweep)
      await Promise.all([...listeners].map((socket) => socket.close()))
      listeners.clear()
    },
    get counters() {
      return {
        received,
        accepted,
        answered,
        repeated,
        superseded,
        socketErrors,
        pending: duplicates.pending,
        repliesKept: duplicates.answered,
        dropped: Object.fromEntries(dropped),
      }
    },
  }
}

/** A link-local address comes with the name of an interface, which no client's address has. */
function withoutZone(address: string): string {
  const zone = address.indexOf('%')
  return zone < 0 ? address : address.slice(0, zone)
}
