/** One server of the target: what waits for it, how it does, and asking after its health. */
import { hasMessageAuthenticator, statusRequest, type ClientResult, type ResponseFailure } from '@sallyport/radius'
import type { EngineRadiusServer } from '@sallyport/store/engine'

import { HostAddress, type LookUp } from '../../../radius-servers/host-address.ts'
import type { Attempt } from './attempt.ts'
import { rejectionWords, systemErrorWords } from '../../../radius-servers/problem-words.ts'
import { createServerClient, type ServerClient } from './server-client.ts'
import { ServerHealth } from '../../../radius-servers/server-health.ts'
import { serverName } from '../../../radius-servers/server-name.ts'

export interface LinkTools {
  readonly clock: () => number
  readonly lookUp: LookUp
  /** The server has put a valid Message-Authenticator into an answer for the first time. */
  readonly onProven: (serverId: string, atMs: number) => void
}

/** Between questions after the health of a server that is dead, of one that was never heard, and of one that is idle. */
const askDeadEveryMs = 2_000
const askUnknownEveryMs = 10_000
const askIdleEveryMs = 30_000
/** A dead server that does not speak Status-Server gets a real request this often. */
const riskEveryMs = 30_000
const lingerMs = 60_000

export class ServerLink {
  readonly server: EngineRadiusServer
  readonly name: string
  readonly health: ServerHealth
  readonly #tools: LinkTools
  readonly #address: HostAddress
  readonly #timeoutMs: number
  /** All transmissions together. */
  readonly #windowMs: number
  /** How long a question after its health waits for each of its transmissions. */
  readonly #stepMs: number
  #client: { readonly address: string; readonly client: ServerClient } | undefined
  /** Those that no other server is asked for yet. */
  readonly #waiting = new Set<Attempt>()
  #underWay = 0
  #proven: boolean
  #speaksStatus: boolean | undefined
  #probedAtMs = -Infinity
  #probing = false
  #riskedAtMs = -Infinity
  #lastRejection: string | undefined
  readonly #rejected = new Map<ResponseFailure, number>()
  #closed = false

  constructor(server: EngineRadiusServer, tools: LinkTools) {
    this.server = server
    this.name = serverName(server)
    this.#tools = tools
    this.#address = new HostAddress(server.host, tools.lookUp)
    this.#timeoutMs = server.timeoutSeconds * 1_000
    this.#windowMs = this.#timeoutMs * server.tries
    this.#stepMs = Math.min(1_000, this.#timeoutMs / 3)
    this.#proven = server.messageAuthenticatorSeen
    this.health = new ServerHealth(tools.clock())
    void this.#probe(tools.clock())
  }

  get underWay(): number {
    return this.#underWay
  }

  /** Datagrams of it that were not believed, by name. */
  get rejected(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#rejected)
  }

  /** Whether to ask it in its turn; a dead one is, once in a while, for want of another way to learn that it lives. */
  inTurn(nowMs: number): boolean {
    if (this.health.state !== 'dead' && this.health.state !== 'suspect') return true
    if (this.#speaksStatus === true || nowMs - this.#riskedAtMs < riskEveryMs) return false
    this.#riskedAtMs = nowMs
    return true
  }

  /** Asks; the attempt hears what came of it, maybe before this returns. */
  ask(attempt: Attempt): void {
    this.#waiting.add(attempt)
    this.#underWay++
    const now = this.#tools.clock()
    let client: ServerClient | undefined
    try {
      client = this.#ready(now)
    } catch (error) {
      this.failed(attempt, error)
      return
    }
    if (client) this.#send(attempt, client, now)
    else
      this.#open(now).then(
        (opened) => this.#send(attempt, opened, now),
        (error: unknown) => this.failed(attempt, error),
      )
  }

  #send(attempt: Attempt, client: ServerClient, nowMs: number): void {
    this.health.asked(nowMs)
    attempt.secret = client.secret
    client.ask(attempt, attempt)
  }

  ended(attempt: Attempt, result: ClientResult): void {
    this.#settle(attempt)
    if (!result.ok || !attempt.secret) {
      attempt.asker.settled(attempt, { ok: false, problem: result.ok ? '' : this.#failed(result) })
      return
    }
    this.#answered(result)
    if (!attempt.asker.isEap) this.#learn(result)
    attempt.asker.settled(attempt, { ok: true, result, secret: attempt.secret })
  }

  failed(attempt: Attempt, error: unknown): void {
    this.#settle(attempt)
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
    // What does not fit a packet says nothing of the server.
    const isOurs = code === 'packet-too-long' || code === 'attribute-too-long'
    if (!isOurs) this.health.die(this.#tools.clock(), systemErrorWords(code))
    const problem = isOurs ? 'The request is too long to be forwarded.' : systemErrorWords(code)
    attempt.asker.settled(attempt, { ok: false, problem })
  }

  #settle(attempt: Attempt): void {
    this.#underWay--
    this.#waiting.delete(attempt)
  }

  /** What has to happen by now: called several times a second. */
  tick(nowMs: number): void {
    const { health } = this
    const quietMs = health.quietMs(nowMs)
    if (!this.#probing && nowMs - this.#probedAtMs >= this.#probeEveryMs(quietMs)) void this.#probe(nowMs)
    if (this.#speaksStatus === true) {
      if (this.#probing && quietMs > 0 && nowMs - this.#probedAtMs >= this.#stepMs && health.state === 'alive') {
        health.doubt(nowMs, this.#lastRejection ?? 'It does not answer.')
      }
    } else if (quietMs >= this.#windowMs) {
      if (health.state !== 'dead') this.#die(nowMs, this.#lastRejection ?? 'It does not answer.')
    } else if (quietMs >= this.#timeoutMs && health.state !== 'dead') {
      health.doubt(nowMs, this.#lastRejection ?? 'It does not answer.')
    }
    if (health.state === 'alive') return
    // Without Status-Server nothing tells a server that is gone from one that rings somebody up: the whole window is its own.
    const patienceMs = this.#speaksStatus === true || health.state === 'dead' ? this.#timeoutMs : this.#windowMs
    for (const waiting of this.#waiting) {
      if (nowMs - waiting.sentAtMs >= Math.min(patienceMs, waiting.patienceMs)) this.#handOver(waiting)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#client?.client.close()
  }

  #probeEveryMs(quietMs: number): number {
    switch (this.health.state) {
      case 'dead':
        return askDeadEveryMs
      case 'unknown':
        return askUnknownEveryMs
      default:
        if (this.#speaksStatus !== true) return Infinity
        return quietMs >= this.#stepMs || this.health.state === 'suspect' ? this.#stepMs : askIdleEveryMs
    }
  }

  async #probe(nowMs: number): Promise<void> {
    this.#probing = true
    this.#probedAtMs = nowMs
    try {
      const client = this.#ready(nowMs) ?? (await this.#open(nowMs))
      const result = await client.probe({ ...statusRequest, timeoutMs: this.#stepMs, tries: this.server.tries })
      if (result.ok) {
        this.#speaksStatus = true
        this.#answered(result)
      } else if (result.reason !== 'closed' && this.health.lifeAtMs < nowMs) {
        const problem = this.#problemOf(result)
        if (this.#speaksStatus === true || result.reason === 'send-failed') this.#die(this.#tools.clock(), problem)
        else if (this.health.state === 'unknown') {
          this.health.note(this.#lastRejection ?? 'It has not answered yet, Status-Server neither.')
        }
      }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
      if (!this.#closed) this.#die(this.#tools.clock(), systemErrorWords(code))
    } finally {
      this.#probing = false
    }
  }

  /** The client for where the server is now, when nothing has to be waited for. */
  #ready(nowMs: number): ServerClient | undefined {
    const address = this.#address.now(nowMs)
    return address === undefined ? undefined : this.#clientAt(address)
  }

  async #open(nowMs: number): Promise<ServerClient> {
    return this.#clientAt(await this.#address.get(nowMs))
  }

  #clientAt(address: string): ServerClient {
    const before = this.#client
    if (before?.address === address) return before.client
    if (this.#closed) throw new Error('this server is not asked any more')
    const client = createServerClient(this.server, address, {
      mustAuthenticate: () => this.server.messageAuthenticator === 'require' || this.#proven,
      onSystemError: (code) => this.#systemError(code),
      onRejected: (failure) => this.#noteRejection(failure),
    })
    this.#client = { address, client }
    // DNS has moved the server: what waits at the old address may still be answered there.
    if (before) setTimeout(() => void before.client.close(), lingerMs).unref()
    return client
  }

  #answered({ roundTripMs }: { readonly roundTripMs: number }): void {
    this.#lastRejection = undefined
    this.health.answered(this.#tools.clock(), roundTripMs)
  }

  /**
   * RFC 3579 §3.2 makes every server protect EAP, and Status-Server is protected too: only an answer to another method proves that
   * this server protects all of them (CVE-2024-3596).
   */
  #learn({ packet }: Extract<ClientResult, { ok: true }>): void {
    if (this.#proven || this.server.transport === 'radsec' || !hasMessageAuthenticator(packet)) return
    this.#proven = true
    this.#tools.onProven(this.server.id, this.#tools.clock())
  }

  #failed(result: Extract<ClientResult, { ok: false }>): string {
    const problem = this.#problemOf(result)
    if (result.reason === 'send-failed' && !this.#closed) this.#die(this.#tools.clock(), problem)
    return problem
  }

  #problemOf({ reason, rejected, systemError }: Extract<ClientResult, { ok: false }>): string {
    if (systemError !== undefined && reason !== 'closed') return systemErrorWords(systemError)
    return (rejected && rejectionWords(rejected)) ?? this.#lastRejection ?? 'It does not answer.'
  }

  #systemError(code: string): void {
    const problem = systemErrorWords(code)
    this.#die(this.#tools.clock(), problem, problem)
  }

  #noteRejection(failure: ResponseFailure): void {
    this.#rejected.set(failure, (this.#rejected.get(failure) ?? 0) + 1)
    this.#lastRejection = rejectionWords(failure) ?? this.#lastRejection
  }

  #die(nowMs: number, problem: string, final?: string): void {
    if (this.#closed) return
    this.health.die(nowMs, problem)
    for (const waiting of this.#waiting) this.#handOver(waiting, final)
  }

  #handOver(attempt: Attempt, final?: string): void {
    this.#waiting.delete(attempt)
    attempt.asker.handedOver(attempt, final)
  }
}
