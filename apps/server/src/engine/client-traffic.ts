/** What each RADIUS client sends and how, since the engine was started: counted in bounded memory, for the report of client security. */
import {
  packetCodes,
  readAttribute,
  type Drop,
  type IncomingRequest,
  type Packet,
  type Source,
} from '@sallyport/radius'
import type { EngineClient } from '@sallyport/store/engine'

import type { ClientTrafficStatus } from '../bus/notices.ts'

interface Counted {
  requests: number
  signed: number
  signedInARow: number
  protectedInARow: number
  repeated: number
  /** The newest times between a request and its repetition. */
  readonly intervalsMs: number[]
  readonly drops: Record<string, number>
  /** When the newest requests came, by where from and under which identifier. */
  readonly arrivals: Map<string, number>
}

const arrivalsKept = 256
const intervalsKept = 63

/** A datagram that came once more. */
export interface Repeated {
  readonly packet: Packet
  readonly source: Source
  readonly client: EngineClient
}

export class ClientTraffic {
  readonly #clients = new Map<string, Counted>()
  readonly #clock: () => number
  readonly #sinceMs: number

  constructor(clock: () => number) {
    this.#clock = clock
    this.#sinceMs = clock()
  }

  /** A request that was taken in. */
  request({ packet, source, client, messageAuthenticator }: IncomingRequest<EngineClient>): void {
    if (packet.code !== packetCodes.accessRequest) return
    const counted = this.#of(client)
    const isSigned = messageAuthenticator === 'valid'
    counted.requests++
    if (isSigned) counted.signed++
    counted.signedInARow = isSigned ? counted.signedInARow + 1 : 0
    const isProtected = isSigned || readAttribute(packet, 'Proxy-State') === undefined
    counted.protectedInARow = isProtected ? counted.protectedInARow + 1 : 0
    const { arrivals } = counted
    const key = keyOf(source, packet)
    // Taken out first, so that the oldest stands in front.
    arrivals.delete(key)
    arrivals.set(key, this.#clock())
    if (arrivals.size > arrivalsKept) arrivals.delete(arrivals.keys().next().value ?? '')
  }

  /** A request that was answered, and whose answer went out once more. */
  repeated({ packet, source, client }: Repeated): void {
    if (packet.code !== packetCodes.accessRequest) return
    const counted = this.#of(client)
    counted.repeated++
    const key = keyOf(source, packet)
    const before = counted.arrivals.get(key)
    if (before === undefined) return
    const now = this.#clock()
    counted.arrivals.set(key, now)
    counted.intervalsMs.push(Math.max(0, now - before))
    if (counted.intervalsMs.length > intervalsKept) counted.intervalsMs.shift()
  }

  /** A datagram that met silence; of a client that is known. */
  dropped({ reason, packet, source, client }: Drop<EngineClient>): void {
    if (client === undefined) return
    if (reason === 'duplicate-in-flight') {
      if (packet !== undefined) this.repeated({ packet, source, client })
      return
    }
    const counted = this.#of(client)
    counted.drops[reason] = (counted.drops[reason] ?? 0) + 1
    if (reason === 'message-authenticator-missing') counted.signedInARow = 0
    if (reason === 'proxy-state-without-message-authenticator') counted.protectedInARow = counted.signedInARow = 0
  }

  /** Lets go of clients that are not served any more. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#clients.keys()) if (!ids.has(id)) this.#clients.delete(id)
  }

  get status(): readonly ClientTrafficStatus[] {
    return [...this.#clients].map(([clientId, counted]) => {
      const { requests, signed, signedInARow, protectedInARow, repeated, intervalsMs, drops } = counted
      return {
        ...{ clientId, sinceMs: this.#sinceMs, requests, signed, signedInARow, protectedInARow, repeated },
        usualIntervalMs: median(intervalsMs),
        drops: { ...drops },
      }
    })
  }

  #of({ id }: EngineClient): Counted {
    const known = this.#clients.get(id)
    if (known !== undefined) return known
    const counted: Counted = {
      ...{ requests: 0, signed: 0, signedInARow: 0, protectedInARow: 0, repeated: 0 },
      ...{ intervalsMs: [], drops: {}, arrivals: new Map<string, number>() },
    }
    this.#clients.set(id, counted)
    return counted
  }
}

function keyOf({ address, port }: Source, { identifier }: Packet): string {
  return `${address} ${port} ${identifier}`
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[sorted.length >> 1] ?? null
}
