/**
 * Forwards what the outbox holds to the servers of the target that take accounting, in their order, until one of them acknowledges
 * it. What a server was sent and did not acknowledge goes to the next; what none acknowledges is tried again, for as long as it takes.
 */
import { randomFillSync } from 'node:crypto'

import { createSharedSecret, decodePacket, forwardAccounting, type Attribute } from '@sallyport/radius'
import type { EngineRadiusServer, OutboxReader, OutboxRow } from '@sallyport/store/engine'

import type { ForwardingStatus } from '../../bus/notices.ts'
import { serverName } from '../../radius-servers/server-name.ts'
import { AccountingServer, type AccountingServerTools, type TakesAccounting } from './accounting-server.ts'
import { OutboxQueue } from './outbox-queue.ts'

export interface ForwarderOptions extends AccountingServerTools {
  readonly outbox: OutboxReader
  /** What the console saved, as it is now. */
  readonly servers: () => readonly EngineRadiusServer[]
  /** Takes acknowledged rows out of the outbox. */
  readonly remove: (ids: readonly number[]) => void
  readonly onError: (error: unknown) => void
}

/** Records with servers at the same time. */
const underWayAtMost = 64
/** Acknowledged rows that are not removed yet; beyond, nothing is sent: what is sent twice is counted twice somewhere. */
const unremovedAtMost = 5_000
const removeWithinMs = 10
const removedAtOnce = 200
const tickEveryMs = 500
const firstRetryMs = 10_000
const longestRetryMs = 15 * 60_000
const proxyStateBytes = 8

export class Forwarder {
  readonly #options: ForwarderOptions
  readonly #queue: OutboxQueue
  #servers: readonly AccountingServer[] = []
  #underWay = 0
  #acknowledged: number[] = []
  #unremoved = 0
  #removing: NodeJS.Timeout | undefined
  readonly #tick: NodeJS.Timeout
  #stopping = false
  #atRest: (() => void) | undefined

  constructor(options: ForwarderOptions) {
    this.#options = options
    this.#queue = new OutboxQueue(options.outbox)
    this.#tick = setInterval(() => this.#onTick(), tickEveryMs)
    this.apply()
  }

  /** Takes the servers as they are saved now. Those that stay as they were keep what is under way. */
  apply(): void {
    const before = new Map(this.#servers.map((each) => [identity(each.server), each]))
    this.#servers = this.#options
      .servers()
      .filter(takesAccounting)
      .map((server) => before.get(identity(server)) ?? new AccountingServer(server, this.#options))
    for (const each of before.values()) {
      if (!this.#servers.includes(each)) each.close().catch((error: unknown) => this.#options.onError(error))
    }
    this.#pump()
  }

  /** Something was put into the outbox. */
  more(): void {
    this.#queue.more()
    this.#pump()
  }

  /** So many rows that were acknowledged are gone from the outbox. */
  removed(rows: number): void {
    this.#unremoved -= rows
    this.#pump()
    this.#restIfDone()
  }

  /** Gives up what waits now; the answer is the last row of it. */
  forget(): number {
    const upToId = this.#options.outbox.lastId()
    this.#queue.forget(upToId)
    return upToId
  }

  status(): Pick<ForwardingStatus, 'oldestAtMs' | 'waitingSessions' | 'servers'> {
    return {
      oldestAtMs: this.#options.outbox.oldestAtMs(),
      waitingSessions: this.#queue.waiting,
      servers: this.#servers.map(({ server, health, acknowledged }) => ({
        id: server.id,
        server: serverName({ ...server, authenticationPort: server.accountingPort }),
        state: health.state === 'alive' ? 'up' : health.state === 'dead' ? 'down' : health.state,
        sinceMs: health.sinceMs,
        problem: health.problem,
        acknowledged,
      })),
    }
  }

  /** Sends nothing more; resolves when what is under way has ended, and what was acknowledged is gone from the outbox. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true
    clearInterval(this.#tick)
    const rest = new Promise<void>((resolve) => (this.#atRest = resolve))
    const closing = setTimeout(() => this.#closeServers(), graceMs / 2)
    const givenUp = setTimeout(() => this.#atRest?.(), graceMs)
    this.#restIfDone()
    await rest
    clearTimeout(closing)
    clearTimeout(givenUp)
    this.#closeServers()
  }

  #closeServers(): void {
    for (const each of this.#servers) each.close().catch((error: unknown) => this.#options.onError(error))
  }

  #onTick(): void {
    const now = this.#options.clock()
    this.#queue.wake(now)
    if (this.#queue.rows + this.#queue.waiting > 0) for (const each of this.#servers) each.tick(now)
    this.#pump()
  }

  #pump(): void {
    while (!this.#stopping && this.#underWay < underWayAtMost && this.#unremoved < unremovedAtMost) {
      const now = this.#options.clock()
      if (!this.#servers.some((each) => each.mayBeSent(now))) return
      const row = this.#queue.next()
      if (!row) return
      this.#underWay++
      this.#forward(row)
        .catch((error: unknown) => {
          this.#options.onError(error)
          this.#queue.refused(row, this.#options.clock(), retryDelayMs)
        })
        .finally(() => {
          this.#underWay--
          this.#pump()
          this.#restIfDone()
        })
    }
  }

  async #forward(row: OutboxRow): Promise<void> {
    const { outbox, clock } = this.#options
    const attributes = attributesOf(row)
    const hiddenWith = outbox.secretOf(row)
    const clientSecret = hiddenWith && createSharedSecret(hiddenWith)
    const proxyState = randomFillSync(new Uint8Array(proxyStateBytes))
    const asked = new Set<AccountingServer>()
    let isRefused = false
    for (;;) {
      const next = this.#servers.find((each) => !asked.has(each) && each.mayBeSent(clock()))
      if (!next || this.#stopping) break
      asked.add(next)
      const messageAuthenticator = next.server.messageAuthenticator === 'require'
      const sending = await next.send((secret, nowMs) => {
        const heldSeconds = Math.max(0, Math.floor((nowMs - row.heardAtMs) / 1_000))
        const held = { attributes, clientSecret, secret, heldSeconds, proxyState, messageAuthenticator }
        return forwardAccounting(held).attributes
      })
      if (sending === 'acknowledged') {
        this.#queue.acknowledged(row)
        this.#remove(row.id)
        return
      }
      if (sending === 'refused') isRefused = true
    }
    if (isRefused) this.#queue.refused(row, clock(), retryDelayMs)
    else this.#queue.returned(row)
  }

  #remove(id: number): void {
    this.#acknowledged.push(id)
    this.#unremoved++
    if (this.#acknowledged.length >= removedAtOnce) this.#flush()
    else this.#removing ??= setTimeout(() => this.#flush(), removeWithinMs)
  }

  #flush(): void {
    clearTimeout(this.#removing)
    this.#removing = undefined
    if (this.#acknowledged.length === 0) return
    this.#options.remove(this.#acknowledged)
    this.#acknowledged = []
  }

  #restIfDone(): void {
    if (this.#atRest && this.#underWay === 0 && this.#unremoved === 0) this.#atRest()
  }
}

function retryDelayMs(failures: number): number {
  return Math.min(firstRetryMs * 2 ** Math.min(failures - 1, 10), longestRetryMs)
}

function takesAccounting(server: EngineRadiusServer): server is TakesAccounting {
  return server.accountingPort !== null
}

/** All but what is learned on the way and changes nothing here. */
function identity(server: EngineRadiusServer): string {
  return JSON.stringify({ ...server, messageAuthenticatorSeen: undefined })
}

const headerBytes = 20

/** What the outbox keeps are attributes as they lie in a packet. */
function attributesOf({ attributes }: OutboxRow): readonly Attribute[] {
  const packet = Buffer.alloc(headerBytes + attributes.length)
  packet[0] = 4
  packet.writeUInt16BE(packet.length, 2)
  packet.set(attributes, headerBytes)
  const decoded = decodePacket(packet)
  if (!decoded.ok) throw new Error(`a record of the outbox is damaged: ${decoded.failure}`)
  return decoded.packet.attributes
}
