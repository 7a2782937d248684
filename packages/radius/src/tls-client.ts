/** A RADIUS client over TLS (RadSec): the shape of the UDP one, on connections that it opens, watches and renews. */
import { setTimeout as delay } from 'node:timers/promises'

import { hasSignedAuthenticator } from './codes.ts'
import { EncodeError } from './encode.ts'
import type { PeerCertificate, TlsCredentials } from './radsec.ts'
import { radsecPort } from './radsec.ts'
import { fillRandom } from './random.ts'
import type { ResponseFailure } from './response-check.ts'
import { systemErrorOf } from './system-error.ts'
import { TlsClientConnection, type Outgoing } from './tls-client-connection.ts'
import type { ClientRequest, ClientResult } from './udp-client-types.ts'

export interface TlsClientOptions {
  /** An address or a name. */
  readonly host: string
  /** 2083. */
  readonly port?: number
  /** What the server's certificate must name, when that is not `host`. */
  readonly serverName?: string
  readonly credentials: TlsCredentials
  /** PEM: the authorities that the server's certificate must come from, all of them. */
  readonly ca: string
  /** Connections at most, each good for 256 requests under way; 4. They are opened as they are needed. */
  readonly connections?: number
  /** With `tries`, the time that a request has in all: `timeoutMs × tries`, as over UDP. 3,000 ms. */
  readonly timeoutMs?: number
  /** Connections that a request may be sent over, one after the other as they are lost; 3. */
  readonly tries?: number
  /** For connecting and the handshake; 5,000 ms. */
  readonly connectTimeoutMs?: number
  /** After a failure nothing is tried for this long, twice as long after each further one; 250 ms. */
  readonly backOffMs?: number
  /** 30,000 ms. */
  readonly maximumBackOffMs?: number
  /** Silence after which the server is asked by Status-Server whether it lives; 30,000 ms, 0 for never. */
  readonly watchdogMs?: number
  /** How long it may be silent then before the connection is given up; 5,000 ms. */
  readonly watchdogTimeoutMs?: number
  /** Whether answers must carry Message-Authenticator; false: inside TLS nobody can forge what it protects. */
  readonly requireMessageAuthenticator?: boolean
  /** Fills octets with randomness: request authenticators. */
  readonly random?: (octets: Uint8Array) => void
  /** Milliseconds; any origin. */
  readonly clock?: () => number
}

export interface TlsClient {
  /** The same results as over UDP; `systemError` names what was wrong with a certificate too, as `CERT_HAS_EXPIRED`. */
  request(request: ClientRequest): Promise<ClientResult>
  /** Ends what is under way as `closed`. */
  close(): Promise<void>
  readonly outstanding: number
  readonly openConnections: number
  /** What the server presented last; undefined before the first connection. */
  readonly serverCertificate: PeerCertificate | undefined
  /** Packets that were not believed, by reason. */
  readonly rejected: Readonly<Partial<Record<ResponseFailure, number>>>
}

type Ending = Omit<Extract<ClientResult, { ok: false }>, 'ok' | 'tries'>
type Attempt =
  | { readonly kind: 'answered'; readonly result: Omit<Extract<ClientResult, { ok: true }>, 'ok' | 'tries'> }
  | { readonly kind: 'lost'; readonly systemError: string }
  | { readonly kind: 'over' }

/** A request waits out a back-off that is no longer than this: a server that restarts costs nobody a sign-in. */
const patienceMs = 500

/**
 * Creates a client of one server; it connects at the first request. The server's certificate is always verified, for
 * its authority and its name. A request whose connection is lost goes over another one, `tries` in all; one that is
 * lost while the server can't be reached fails as `send-failed` soon, so that its caller can ask the next server.
 * `request` throws EncodeError alone, for attributes that do not fit.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6614#section-2 RFC 6614 §2}, RFC 6613 §2.6
 */
export function createTlsClient(options: TlsClientOptions): TlsClient {
  const clock = options.clock ?? (() => performance.now())
  const random = options.random ?? fillRandom
  const maximumConnections = options.connections ?? 4
  const connections = new Set<TlsClientConnection>()
  const rejected: Partial<Record<ResponseFailure, number>> = {}
  const underWay = new Set<(ending: Ending) => void>()
  const turns = new Set<() => void>()
  const closing = new AbortController()
  let opening: Promise<void> | undefined
  let serverCertificate: PeerCertificate | undefined
  let failures = 0
  let retryAtMs = 0
  let lastFailure = 'ECONNREFUSED'

  function failed(systemError: string): void {
    lastFailure = systemError
    const backOffMs = (options.backOffMs ?? 250) * 2 ** Math.min(failures, 20)
    retryAtMs = clock() + Math.min(backOffMs, options.maximumBackOffMs ?? 30_000)
    failures++
  }

  async function open(): Promise<void> {
    try {
      const connection = await TlsClientConnection.open(
        {
          host: options.host,
          port: options.port ?? radsecPort,
          credentials: options.credentials,
          ca: options.ca,
          serverName: options.serverName,
          connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
          watchdogMs: options.watchdogMs ?? 30_000,
          watchdogTimeoutMs: options.watchdogTimeoutMs ?? 5_000,
          requireMessageAuthenticator: options.requireMessageAuthenticator ?? false,
          onRejected: (failure) => (rejected[failure] = (rejected[failure] ?? 0) + 1),
          isSpare: () => connections.size > 1,
          onClosed(closed) {
            connections.delete(closed)
            // One that never answered may never do: a refused client certificate shows like this in TLS 1.3.
            if (!closed.hasAnswered && !closing.signal.aborted) failed(closed.failure)
            wakeAll()
          },
        },
        closing.signal,
      )
      serverCertificate = connection.certificate
      connections.add(connection)
    } catch (error) {
      failed(systemErrorOf(error))
      throw error
    }
  }

  async function turn(over: Promise<unknown>): Promise<void> {
    let wake: () => void = () => undefined
    const woken = new Promise<void>((resolve) => (wake = resolve))
    turns.add(wake)
    await Promise.race([woken, over])
    // Woken by its end instead of a free identifier: whoever comes next must not lose its turn.
    turns.delete(wake)
  }

  function wakeAll(): void {
    for (const wake of turns) wake()
    turns.clear()
  }

  /**
   * Sends over a connection with a free identifier, opened when there is none, and returns what gives it up again;
   * undefined once `isOver` says so. Throws when none can be opened.
   */
  async function send(
    outgoing: Outgoing,
    isOver: () => boolean,
    over: Promise<unknown>,
  ): Promise<(() => void) | undefined> {
    while (!isOver()) {
      for (const connection of connections) {
        const giveUp = connection.send(outgoing)
        if (giveUp) return giveUp
      }
      if (!opening && connections.size < maximumConnections) {
        const waitMs = retryAtMs - clock()
        if (failures > 0 && waitMs > patienceMs) throw Object.assign(new Error('backing off'), { code: lastFailure })
        if (failures > 0 && waitMs > 0) {
          await Promise.race([delay(waitMs), over])
          continue
        }
        opening = open().finally(() => {
          opening = undefined
          wakeAll()
        })
      }
      if (opening) await Promise.race([opening, over])
      else await turn(over)
    }
    return undefined
  }

  async function request(asked: ClientRequest): Promise<ClientResult> {
    if (closing.signal.aborted) return { ok: false, reason: 'closed', tries: 0 }
    if (asked.signal?.aborted) return { ok: false, reason: 'aborted', tries: 0 }
    const authenticator = new Uint8Array(16)
    if (!hasSignedAuthenticator(asked.code)) random(authenticator)
    const attributes = typeof asked.attributes === 'function' ? asked.attributes(authenticator) : asked.attributes
    const tries = asked.tries ?? options.tries ?? 3
    const timeoutMs = asked.waitMs ?? (asked.timeoutMs ?? options.timeoutMs ?? 3_000) * tries

    let ending: Ending | undefined
    let rejection: ResponseFailure | undefined
    let isOver: () => void = () => undefined
    const over = new Promise<void>((resolve) => (isOver = resolve))
    const end = (why: Ending) => {
      ending ??= why
      isOver()
    }
    const onAbort = () => end({ reason: 'aborted' })
    const deadline = setTimeout(() => end({ reason: 'timeout' }), timeoutMs)
    asked.signal?.addEventListener('abort', onAbort, { once: true })
    underWay.add(end)
    let sent = 0

    async function attempt(): Promise<Attempt> {
      let startedAt = 0
      let settle: (attempt: Attempt) => void = () => undefined
      const settled = new Promise<Attempt>((resolve) => (settle = resolve))
      const giveUp = await send(
        {
          code: asked.code,
          attributes,
          authenticator,
          ...(asked.messageAuthenticator !== undefined && { messageAuthenticator: asked.messageAuthenticator }),
          onSent() {
            sent++
            startedAt = clock()
          },
          onResponse(packet, requestAuthenticator) {
            failures = 0
            wakeOne()
            settle({ kind: 'answered', result: { packet, requestAuthenticator, roundTripMs: clock() - startedAt } })
          },
          onRejected: (failure) => (rejection = failure),
          onLost: (systemError) => settle({ kind: 'lost', systemError }),
        },
        () => ending !== undefined,
        over,
      )
      if (!giveUp) return { kind: 'over' }
      const outcome = await Promise.race([settled, over.then((): Attempt => ({ kind: 'over' }))])
      if (outcome.kind === 'over') giveUp()
      return outcome
    }

    try {
      let systemError: string | undefined
      for (let attempts = 0; attempts < tries && !ending; attempts++) {
        const outcome = await attempt().catch((error: unknown): Attempt => {
          if (error instanceof EncodeError) throw error
          return { kind: 'lost', systemError: systemErrorOf(error) }
        })
        if (outcome.kind === 'answered') return { ok: true, tries: sent, ...outcome.result }
        if (outcome.kind === 'lost') systemError = outcome.systemError
      }
      const why: Ending = ending ?? { reason: 'send-failed' }
      return {
        ok: false,
        tries: sent,
        ...(rejection && { rejected: rejection }),
        ...(systemError !== undefined && why.reason !== 'aborted' && { systemError }),
        ...why,
      }
    } finally {
      clearTimeout(deadline)
      asked.signal?.removeEventListener('abort', onAbort)
      underWay.delete(end)
      isOver()
    }
  }

  function wakeOne(): void {
    for (const wake of turns) {
      turns.delete(wake)
      wake()
      break
    }
  }

  return {
    request,
    async close() {
      closing.abort()
      for (const end of [...underWay]) end({ reason: 'closed' })
      wakeAll()
      await opening?.catch(() => undefined)
      for (const connection of connections) connection.close()
      await Promise.all([...connections].map(({ closed }) => closed))
    },
    get outstanding() {
      return underWay.size
    },
    get openConnections() {
      return connections.size
    },
    get serverCertificate() {
      return serverCertificate
    },
    rejected,
  }
}
