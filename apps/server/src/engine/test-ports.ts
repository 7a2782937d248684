/**
 * Ports on loopback for test sign-ins: each for one client, one dry run or not, one announced source, and a few minutes. They
 * take real packets into the same stages, with tools of their own that keep a test and the network apart.
 */
import {
  createUdpServer,
  packetCodes,
  type Drop,
  type DropReason,
  type IncomingRequest,
  type KnownClient,
  type Source,
} from '@sallyport/radius'
import type { EngineClient } from '@sallyport/store/engine'

import type { Tools } from '../access/tools.ts'
import type { TestNews, TestPortRequest } from '../bus/test-port.ts'
import { testTools, type Decided } from './test-tools.ts'

export interface TestPortsOptions {
  readonly tools: Tools
  /** A client as it is in force now; undefined where it is disabled or gone. */
  readonly clientOf: (id: string) => KnownClient<EngineClient> | undefined
  /** Decides a request; resolves when the decision is durable. */
  readonly decide: (request: IncomingRequest<EngineClient>, tools: Tools) => Promise<unknown>
  /** Resolves when everything that is durable now is in the tables. */
  readonly drain: () => Promise<void>
  readonly tell: (ticket: number, news: TestNews) => void
}

interface OpenPort {
  admitted: number | null
  readonly close: () => Promise<void>
}

const loopback = '127.0.0.1'
const portsAtMost = 16
const requestsAtMost = 50
/** What a test lives beyond its device's time, ms: for whoever has to fetch a token. */
const marginMs = 300_000

/** What says nothing to whoever watches the test. */
const unremarkable: readonly DropReason[] = ['duplicate-in-flight']

export class TestPorts {
  readonly #options: TestPortsOptions
  readonly #open = new Map<number, OpenPort>()

  constructor(options: TestPortsOptions) {
    this.#options = options
  }

  /** Opens a port that admits nobody yet; throws where the client is not served, or too many are open. */
  async open(ticket: number, { clientId, dryRun }: TestPortRequest): Promise<number> {
    const { tools, clientOf, decide, drain, tell } = this.#options
    const client = clientOf(clientId)?.client
    if (!client) throw new Error('no such client is served')
    if (this.#open.size >= portsAtMost) throw new Error('too many test sign-ins at once')

    let decided: Decided | null = null
    const own = testTools(tools, { dryRun, onDecided: (latest) => (decided = latest) })
    let requests = 0
    const isAnnounced = ({ address, port }: Source) => address === loopback && port === entry.admitted

    const onRequest = (request: IncomingRequest<EngineClient>) => {
      if (request.packet.code !== packetCodes.accessRequest || ++requests > requestsAtMost) {
        request.ignore()
        return
      }
      void decide(request, own)
        .then(drain)
        .then(() => tell(ticket, { kind: 'decided', ...(decided ?? { signInId: null, result: null }) }))
    }
    const onDrop = ({ reason, source }: Drop<EngineClient>) => {
      if (isAnnounced(source) && !unremarkable.includes(reason)) tell(ticket, { kind: 'dropped', reason })
    }
    const server = createUdpServer<EngineClient>({
      clientFor: (source) => (isAnnounced(source) ? clientOf(clientId) : undefined),
      onRequest,
      onDrop,
      onSocketError: (error) => tools.onError(error, 'test port'),
      pendingLimit: 8,
      replyLimit: 64,
    })
    const expiry = setTimeout(() => void this.close(ticket), client.deviceTimeoutSeconds * 1_000 + marginMs)
    const entry: OpenPort = {
      admitted: null,
      close: () => {
        clearTimeout(expiry)
        return server.close()
      },
    }
    this.#open.set(ticket, entry)
    try {
      const { port } = await server.listen({ address: loopback, port: 0, kind: 'authentication' })
      return port
    } catch (error) {
      await this.close(ticket)
      throw error
    }
  }

  /** From now on, datagrams of this port of loopback are the client's; those of every other are nobody's. */
  admit(ticket: number, sourcePort: number): void {
    const entry = this.#open.get(ticket)
    if (!entry) throw new Error('this test is over')
    entry.admitted ??= sourcePort
  }

  async close(ticket: number): Promise<void> {
    const entry = this.#open.get(ticket)
    this.#open.delete(ticket)
    await entry?.close()
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((ticket) => this.close(ticket)))
  }
}
