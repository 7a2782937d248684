/** One server that takes accounting: sends it records until it acknowledges them, and finds out whether it lives. */
import { setTimeout as delay } from 'node:timers/promises'

import { packetCodes, statusRequest, type Attribute, type ClientResult, type SharedSecret } from '@sallyport/radius'
import type { EngineRadiusServer } from '@sallyport/store/engine'

import { HostAddress, type LookUp } from '../../radius-servers/host-address.ts'
import { rejectionWords, systemErrorWords } from '../../radius-servers/problem-words.ts'
import { ServerHealth } from '../../radius-servers/server-health.ts'
import { createAccountingClient, type AccountingClient } from './accounting-client.ts'

/** `refused`: it lives, and does not acknowledge this. `unasked`: nothing was learned of the record. */
export type Sending = 'acknowledged' | 'refused' | 'unasked'

/** The attributes as they are to be sent now: Acct-Delay-Time is another each time. */
export type AttributesNow = (secret: SharedSecret, nowMs: number) => readonly Attribute[]

export interface AccountingServerTools {
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly lookUp: LookUp
}

export type TakesAccounting = EngineRadiusServer & { readonly accountingPort: number }

/** A server that is dead is asked whether it lives after this long, then after twice as long, and so on up to the last. */
const firstPauseMs = 1_000
const longestPauseMs = 60_000
/** Records in a row that it lets pass without a word though it lives: it keeps none, for a reason of its own. */
const refusalsToRest = 8
const lingerMs = 60_000

export class AccountingServer {
  readonly server: TakesAccounting
  readonly health: ServerHealth
  readonly #tools: AccountingServerTools
  readonly #address: HostAddress
  readonly #timeoutMs: number
  #client: { readonly address: string; readonly client: AccountingClient } | undefined
  #pauseMs = firstPauseMs
  #nextTrialAtMs = 0
  #speaksStatus: boolean | undefined
  #probe: Promise<boolean> | undefined
  #refusals = 0
  #lastRejection: string | undefined
  #deaths = 0
  #acknowledged = 0
  #closed = false

  constructor(server: TakesAccounting, tools: AccountingServerTools) {
    this.server = server
    this.#tools = tools
    this.#address = new HostAddress(server.host, tools.lookUp)
    this.#timeoutMs = server.timeoutSeconds * 1_000
    this.health = new ServerHealth(tools.clock())
  }

  /** Records that it has acknowledged. */
  get acknowledged(): number {
    return this.#acknowledged
  }

  /** Whether a record may be sent now: one that is dead gets one now and then, where nothing else tells that it is back. */
  mayBeSent(nowMs: number): boolean {
    if (this.health.state === 'suspect') return false
    return this.health.state !== 'dead' || (this.#triedByRecords && nowMs >= this.#nextTrialAtMs)
  }

  get #triedByRecords(): boolean {
    return this.#speaksStatus !== true || this.#refusals >= refusalsToRest
  }

  /** Sends a record until it is acknowledged or its time is over: the server's window, of as many transmissions as it has tries. */
  async send(attributes: AttributesNow): Promise<Sending> {
    const begunMs = this.#tools.clock()
    if (this.health.state === 'dead') this.#postpone(begunMs)
    try {
      const client = await this.#open(begunMs)
      this.health.asked(begunMs)
      const deaths = this.#deaths
      const result = await this.#transmit(client, attributes, () => this.#deaths > deaths)
      if (result?.ok && result.packet.code === packetCodes.accountingResponse) {
        this.#answered(result)
        this.#acknowledged++
        this.#refusals = 0
        return 'acknowledged'
      }
      if (this.#closed) return 'unasked'
      return (await this.#livesAfterAll(begunMs, result)) ? this.#refused() : 'unasked'
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
      // What does not fit a packet says nothing of the server.
      if (code === 'packet-too-long' || code === 'attribute-too-long') return 'refused'
      this.#die(systemErrorWords(code))
      return 'unasked'
    }
  }

  /** What has to happen by now: called a few times a second while something waits. */
  tick(nowMs: number): void {
    if (this.health.state !== 'dead' || this.#triedByRecords || nowMs < this.#nextTrialAtMs) return
    this.#postpone(nowMs)
    void this.#ask(nowMs)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#client?.client.close()
  }

  /** Undefined where nothing that was sent got an answer. */
  async #transmit(
    client: AccountingClient,
    attributes: AttributesNow,
    hasDied: () => boolean,
  ): Promise<ClientResult | undefined> {
    const { tries, transport, messageAuthenticator } = this.server
    const over = new AbortController()
    const request = (left: number) =>
      client.request({
        code: packetCodes.accountingRequest,
        attributes: attributes(client.secret, this.#tools.clock()),
        tries: 1,
        waitMs: this.#timeoutMs * left,
        signal: over.signal,
        messageAuthenticator: messageAuthenticator === 'require',
      })
    try {
      let answer: ClientResult | undefined
      const pending: Promise<void>[] = []
      for (let sent = 0; sent < tries && !isFinal(answer) && !hasDied(); sent++) {
        // RFC 2866 §5.2: another Acct-Delay-Time is another request, of an identifier of its own. The one before may still be answered.
        const asked = request(tries - sent).then((result) => {
          if (!isFinal(answer)) answer = result
        })
        pending.push(asked)
        // Over TLS nothing gets lost on the way: sent again is what a connection took with it.
        if (transport === 'radsec') await asked
        else
          await Promise.race([
            ...pending.map(whenFinal(() => answer)),
            delay(this.#timeoutMs, undefined, { signal: over.signal }),
          ])
        if (transport === 'radsec' && answer?.ok === false && answer.reason === 'timeout') break
        if (!isFinal(answer)) this.#noteSilence()
      }
      return answer
    } finally {
      over.abort()
    }
  }

  #noteSilence(): void {
    const now = this.#tools.clock()
    if (this.health.quietMs(now) < this.#timeoutMs) return
    if (this.health.state !== 'dead') this.health.doubt(now, this.#lastRejection ?? 'It does not answer.')
    if (this.#speaksStatus !== false) void this.#ask(now)
  }

  /** After silence: whether it has answered anything since, or does when it is asked for a sign of life. */
  async #livesAfterAll(begunMs: number, result: ClientResult | undefined): Promise<boolean> {
    if (result?.ok) {
      // A Protocol-Error (RFC 7930 §4) is life, and no acknowledgement.
      this.#answered(result)
      return true
    }
    if (this.health.lifeAtMs >= begunMs) return true
    if (result?.reason === 'send-failed' || result?.systemError !== undefined) {
      this.#die(result.systemError === undefined ? 'It does not answer.' : systemErrorWords(result.systemError))
      return false
    }
    if (this.#speaksStatus !== false && (await this.#ask(this.#tools.clock()))) return true
    if (this.health.lifeAtMs >= begunMs) return true
    this.#die((result?.rejected && rejectionWords(result.rejected)) ?? this.#lastRejection ?? 'It does not answer.')
    return false
  }

  #refused(): Sending {
    this.#refusals++
    if (this.#refusals < refusalsToRest) return 'refused'
    this.#die('It is there, and acknowledges no accounting.')
    return 'unasked'
  }

  /** By Status-Server (RFC 5997), once at a time; true where it answered. */
  #ask(nowMs: number): Promise<boolean> {
    this.#probe ??= this.#askOnce(nowMs)
      .catch(() => false)
      .finally(() => (this.#probe = undefined))
    return this.#probe
  }

  async #askOnce(nowMs: number): Promise<boolean> {
    const client = await this.#open(nowMs)
    const result = await client.request({ ...statusRequest, timeoutMs: Math.min(this.#timeoutMs, 1_000), tries: 2 })
    if (result.ok) {
      this.#speaksStatus = true
      if (this.#refusals < refusalsToRest) this.#answered(result)
    } else if (this.health.state === 'alive' && this.#speaksStatus === undefined) this.#speaksStatus = false
    return result.ok
  }

  async #open(nowMs: number): Promise<AccountingClient> {
    const address = this.#address.now(nowMs) ?? (await this.#address.get(nowMs))
    const before = this.#client
    if (before?.address === address) return before.client
    if (this.#closed) throw new Error('this server is not asked any more')
    const client = createAccountingClient(this.server, address, {
      onSystemError: (code) => this.#die(systemErrorWords(code)),
      onRejected: (failure) => (this.#lastRejection = rejectionWords(failure) ?? this.#lastRejection),
    })
    this.#client = { address, client }
    // DNS has moved the server: what waits at the old address may still be answered there.
    if (before) setTimeout(() => void before.client.close(), lingerMs).unref()
    return client
  }

  #answered({ roundTripMs }: { readonly roundTripMs: number }): void {
    this.#lastRejection = undefined
    this.#pauseMs = firstPauseMs
    this.health.answered(this.#tools.clock(), roundTripMs)
  }

  #die(problem: string): void {
    if (this.#closed) return
    const now = this.#tools.clock()
    if (this.health.state !== 'dead') {
      this.#deaths++
      this.#pauseMs = firstPauseMs
      this.#postpone(now)
    }
    this.health.die(now, problem)
  }

  #postpone(nowMs: number): void {
    this.#nextTrialAtMs = nowMs + this.#pauseMs
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs)
  }
}

/** Nothing that comes later could be more. */
function isFinal(result: ClientResult | undefined): boolean {
  return result !== undefined && (result.ok || result.reason === 'send-failed' || result.reason === 'closed')
}

/** Resolves when a transmission that ended has settled it; one that timed out says nothing. */
function whenFinal(answer: () => ClientResult | undefined) {
  return (pending: Promise<void>): Promise<void> =>
    pending.then(() => (isFinal(answer()) ? undefined : new Promise<void>(() => undefined)))
}
