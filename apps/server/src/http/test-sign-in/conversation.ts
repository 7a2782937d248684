/** One test sign-in: opens a port of the engine, sends what a device would send, and keeps what was said. */
import type { SignInDetails, TestSignInMethod, TestSignInState, TestSignInView } from '@sallyport/contract'
import {
  attribute,
  createSharedSecret,
  createUdpClient,
  packetCodes,
  readAttributes,
  readMschapError,
  type Attribute,
  type ClientResult,
  type Packet,
  type UdpClient,
} from '@sallyport/radius'
import type { RadiusClientForTest } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import type { TestNews, TestPort } from '../../bus/test-port.ts'
import { within } from '../within.ts'
import { credentialsOf, pap, type Credentials } from '../../simulated-device/credentials.ts'
import { createDatagramList } from './datagrams.ts'

export interface ConversationOptions {
  readonly id: string
  readonly client: RadiusClientForTest
  readonly username: string
  readonly method: TestSignInMethod
  readonly dryRun: boolean
  /** What the device says about itself, in every request. */
  readonly attributes: readonly Attribute[]
  readonly engine: Pick<EngineControl, 'openTestPort'>
  readonly readSignIn: (id: string) => Promise<SignInDetails | null>
  readonly clock: () => Date
  /** Called once the password has been proven right. */
  readonly onProven: () => void
  /** A bug or broken I/O, for the server's own log. */
  readonly onFailure: (error: unknown) => void
}

export interface Conversation {
  readonly id: string
  /** Sends the first request; rejects when the engine opens no port. What comes of it shows in `view`. */
  readonly begin: (password: string) => Promise<void>
  /** False where nothing is asked, or no more may be. */
  readonly answer: (answer: string) => boolean
  readonly stop: () => Promise<void>
  /** Resolves at the next change, or after so long; at once where nothing is under way. */
  readonly change: (withinMs: number) => Promise<void>
  /** Resolves when nothing is under way any more, or after so long. */
  readonly settled: (withinMs: number) => Promise<void>
  readonly view: () => TestSignInView
  readonly isOpen: () => boolean
}

/** A device sends again after some seconds, until its patience is over. */
const transmissionMs = 5_000
const marginMs = 300_000
const roundsAtMost = 20
/** How long the trace may be late behind the reply. */
const traceWithinMs = 5_000

export function createConversation(options: ConversationOptions): Conversation {
  const { client, username, method, dryRun, engine, readSignIn, clock } = options
  const secret = createSharedSecret(client.sharedSecret)
  const sendsMessageAuthenticator = client.messageAuthenticator !== 'never-send'
  const startedAt = clock()
  const startedMs = performance.now()
  const expiresAt = new Date(startedAt.getTime() + client.deviceTimeoutSeconds * 1_000 + marginMs)
  const datagrams = createDatagramList(secret)
  const listeners = new Set<() => void>()
  let state: TestSignInState = 'waiting'
  let round = 0
  let states: readonly Attribute[] = []
  let reply: Packet | null = null
  let proof: TestSignInView['mschapProof'] = null
  let dropReason: string | null = null
  let signIn: SignInDetails | null = null
  let port: TestPort | undefined
  let udp: UdpClient | undefined
  let isClosed = false
  let abort = new AbortController()
  let onDecided: (news: Extract<TestNews, { kind: 'decided' }>) => void = () => undefined
  const expiry = setTimeout(() => void stop(), expiresAt.getTime() - startedAt.getTime())
  expiry.unref()

  function changed(): void {
    for (const listener of [...listeners]) listener()
  }

  function hear(news: TestNews): void {
    if (news.kind === 'decided') onDecided(news)
    else dropReason = news.reason
    // Silence on purpose: a device would go on until its time is over. Whoever looks need not.
    if (news.kind === 'dropped' || news.result === 'unanswered') abort.abort()
  }

  async function begin(password: string): Promise<void> {
    const credentials = credentialsOf(method, { username, password, secret })
    try {
      port = await engine.openTestPort({ clientId: client.id, dryRun }, hear)
      udp = createUdpClient({
        secret,
        host: '127.0.0.1',
        localAddress: '127.0.0.1',
        port: port.port,
        sockets: 1,
        timeoutMs: Math.min(transmissionMs, client.deviceTimeoutSeconds * 1_000),
        tries: Math.max(1, Math.floor((client.deviceTimeoutSeconds * 1_000) / transmissionMs)),
        requireMessageAuthenticator: sendsMessageAuthenticator,
        onDatagram: (datagram) => {
          datagrams.note(datagram, round, performance.now() - startedMs)
          changed()
        },
      })
      await port.admit(await udp.open())
    } catch (error) {
      await close('stopped')
      throw error
    }
    void exchange(udp, credentials)
  }

  async function exchange(over: UdpClient, credentials: Credentials): Promise<void> {
    round++
    state = 'waiting'
    reply = null
    abort = new AbortController()
    const decided = new Promise<string | null>((resolve) => (onDecided = ({ signInId }) => resolve(signInId)))
    const sentStates = states
    changed()
    try {
      const result = await over.request({
        code: packetCodes.accessRequest,
        attributes: (authenticator) => [
          attribute('User-Name', username),
          ...credentials.attributes(authenticator),
          ...options.attributes,
          ...sentStates,
        ],
        messageAuthenticator: sendsMessageAuthenticator,
        signal: abort.signal,
      })
      if (isClosed) return
      const signInId = dropReason === null ? await within(decided, traceWithinMs) : null
      signIn = (signInId === null ? null : await readSignIn(signInId)) ?? signIn
      await settle(result, credentials)
    } catch (error) {
      options.onFailure(error)
      await close('stopped')
    }
  }

  async function settle(result: ClientResult, credentials: Credentials): Promise<void> {
    if (signIn?.reason === 'dry-run' || signIn?.result === 'accepted' || signIn?.result === 'challenged') {
      options.onProven()
    }
    if (!result.ok) return close(dropReason === null ? 'unanswered' : 'dropped')
    reply = result.packet
    switch (reply.code) {
      case packetCodes.accessChallenge:
        states = reply.attributes.filter(({ type }) => type === stateType)
        state = 'challenged'
        changed()
        return
      case packetCodes.accessAccept:
        proof = credentials.proofIn(reply)
        return close('accepted')
      default:
        return close('rejected')
    }
  }

  async function close(as: TestSignInState): Promise<void> {
    if (isClosed) return
    isClosed = true
    state = as
    states = []
    clearTimeout(expiry)
    changed()
    await Promise.allSettled([udp?.close(), port?.close()])
  }

  const stop = () => close('stopped')

  function until(isEnough: () => boolean, withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (state !== 'waiting') {
        resolve()
        return
      }
      const done = () => {
        clearTimeout(late)
        listeners.delete(listener)
        resolve()
      }
      const listener = () => {
        if (isEnough()) done()
      }
      const late = setTimeout(done, withinMs)
      listeners.add(listener)
    })
  }

  return {
    id: options.id,
    begin,
    answer(answer) {
      if (state !== 'challenged' || isClosed || !udp || round >= roundsAtMost) return false
      // RFC 2865 §4.4: the answer comes in User-Password, with the State of the challenge.
      void exchange(udp, pap({ password: answer, secret }))
      return true
    },
    stop,
    change: (withinMs) => until(() => true, withinMs),
    settled: (withinMs) => until(() => state !== 'waiting', withinMs),
    isOpen: () => !isClosed,
    view: () => ({
      id: options.id,
      startedAt: startedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      client: { id: client.id, name: client.applicationName || client.address },
      username,
      method,
      dryRun,
      deviceTimeoutSeconds: client.deviceTimeoutSeconds,
      state,
      dropReason,
      message: reply && messageIn(reply),
      mschapProof: method === 'ms-chap-v2' ? proof : null,
      mschapError: reply && mschapErrorIn(reply),
      datagrams: datagrams.view(),
      signIn,
    }),
  }
}

const stateType = 24

function messageIn(reply: Packet): string | null {
  const messages = readAttributes(reply, 'Reply-Message')
  return messages.length === 0 ? null : messages.join('\n')
}

function mschapErrorIn(reply: Packet): TestSignInView['mschapError'] {
  const error = readMschapError(reply)
  return error ? { code: error.code, retry: error.retry, message: error.message ?? null } : null
}
