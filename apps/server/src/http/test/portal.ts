/** A portal application over a real store in a temporary folder, with an engine that asks whom a test tells it to. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type PortalSessionKind, type Store } from '@sallyport/store'
import type { FastifyInstance } from 'fastify'
import { trackAsked } from '../../bus/asked.ts'
import { drawActivationCode, activationMs, hashActivationCode } from '../app/activation-codes.ts'
import { createEventStreams, type EventStreams } from '../app/event-streams.ts'
import { createRefusals, type Refusal } from '../app/refusals.ts'
import { createPortalApp } from '../portal-app.ts'
import type { ConfigNotice } from '../../bus/notices.ts'
import type { PortalDependencies } from '../portal-dependencies.ts'
import { hashOfToken } from '../session/token-hash.ts'
import { createAskingEngine, type AskingEngine } from './asking-engine.ts'
import type { Answer, CallOptions } from './console.ts'

export interface TestPortal {
  readonly app: FastifyInstance
  readonly store: Store
  readonly dataDir: string
  /** What the engine was told, in order. */
  readonly notices: ConfigNotice[]
  readonly engine: AskingEngine
  readonly streams: EventStreams
  /** How often something was refused under this name. */
  readonly refused: (name: Refusal) => number
  /** Moves the clock. */
  readonly pass: (ms: number) => void
  readonly now: () => Date
  /** Sends a request as the portal's page would: its header goes along. */
  readonly call: (method: string, url: string, options?: CallOptions) => Promise<Answer>
  /** Makes a user; answers the id. */
  readonly addUser: (username: string) => Promise<string>
  /** Makes a session of the portal; answers its cookie. */
  readonly signIn: (userId: string, kind?: PortalSessionKind) => Promise<string>
  /** Makes an activation code as the console does. */
  readonly activate: (userId: string) => Promise<string>
  readonly close: () => Promise<void>
}

/** No gateway: nobody can be told anything. */
const nobodyReached: PortalDependencies['reach'] = {
  text: () => Promise.resolve({ kind: 'failed', problems: [], retryable: true }),
  call: () => Promise.resolve({ kind: 'failed', problems: [], retryable: true }),
  mail: () => Promise.resolve({ kind: 'failed', problems: [], retryable: true }),
  kinds: () => new Set(),
}

const maker = { id: null, name: 'test', address: null }

export async function startPortal(changes: Partial<PortalDependencies> = {}): Promise<TestPortal> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-portal-'))
  let nowMs = Date.parse('2026-11-23T10:00:00.000Z')
  const clock = () => new Date(nowMs)
  const store = await openStore({ dataDir, clock })
  const engine = createAskingEngine(clock)
  const asked = trackAsked(engine.control)
  const streams = createEventStreams()
  asked.onChange(streams.tell)
  const refusals = createRefusals(clock)
  const app = await createPortalApp({
    ...{ store, engine: engine.control, asked, streams, refusals },
    callbacks: { handleCallback: () => Promise.resolve({ status: 404, headers: {}, body: '' }) },
    reach: nobodyReached,
    appKeys: { vapidPublicKey: 'a public key', requestKey: randomBytes(32).toString('base64url') },
    pushProblem: () => undefined,
    portalUrl: () => 'https://mfa.example.com',
    mail: () => undefined,
    clock,
    startedAt: clock(),
    trustProxy: false,
    secureCookies: false,
    ...changes,
  })
  return {
    ...{ app, store, dataDir, engine, streams, notices: engine.notices },
    refused: (name) => refusals.counts()[name],
    pass: (ms) => (nowMs += ms),
    now: clock,
    async call(method, url, { cookie, body, headers, address } = {}) {
      const response = await app.inject({
        method: method,
        url,
        ...(address === undefined ? {} : { remoteAddress: address }),
        headers: { 'x-sallyport-request': 'portal', ...(cookie === undefined ? {} : { cookie }), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      const isJson = String(response.headers['content-type']).includes('json')
      const { statusCode: status, body: text } = response
      return { status, body: isJson ? response.json() : {}, text, headers: response.headers }
    },
    async addUser(username) {
      const fields = { username, firstName: '', lastName: '', email: '', description: '', enabled: true }
      const made = await store.users.create(fields, maker)
      if (!made.ok) throw new Error(`the user ${username} was not made: ${made.problem}`)
      return made.value.id
    },
    async signIn(userId, kind = 'full') {
      const token = randomBytes(32).toString('base64url')
      await store.portalSessions.create({
        ...{ tokenHash: hashOfToken(token), userId, kind, address: '127.0.0.1', userAgent: 'test' },
        expiresAt: new Date(nowMs + 60 * 60_000),
      })
      return `sallyport-portal=${token}`
    },
    async activate(userId) {
      const code = drawActivationCode(randomBytes)
      const expiresAt = new Date(nowMs + activationMs)
      await store.appDevices.createActivation({ userId, codeHash: hashActivationCode(code), expiresAt }, maker)
      return code
    },
    async close() {
      await app.close()
      await store.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
