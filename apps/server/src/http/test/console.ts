/** A console application over a real store in a temporary folder, with an engine that is only listened to, for tests. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@sallyport/contract'
import { openStore, type Store } from '@sallyport/store'
import type { FastifyInstance } from 'fastify'
import type { ListenerControl } from '../../bus/listener-control.ts'
import type { LogForwardingControl } from '../../bus/log-forwarding-control.ts'
import type { ConfigNotice, EngineStatus } from '../../bus/notices.ts'
import { createProductImports } from '../../configuration/product-imports.ts'
import { createDirectorySync, type DirectorySync } from '../../directory-sync/create-directory-sync.ts'
import { createRetention, type Retention } from '../../jobs/retention.ts'
import { createSavedReports, type SavedReports } from '../../jobs/saved-reports/create-saved-reports.ts'
import { startDelivery } from '../../start-delivery.ts'
import { createConsoleApp } from '../console-app.ts'
import type { ConsoleDependencies } from '../dependencies.ts'
import { createPasswords } from '../session/passwords.ts'
import { nobodyAsked } from './nobody-asked.ts'
import { createSetUpCode, type SetUpCode } from '../session/set-up-code.ts'

export interface TestConsole {
  readonly app: FastifyInstance
  readonly store: Store
  readonly dataDir: string
  readonly setUpCode: SetUpCode
  /** Set-up codes that were announced anew. */
  readonly announced: readonly string[]
  /** What the engine was told, in order. */
  readonly notices: ConfigNotice[]
  /** What the engine is and does; change it at will. */
  readonly engine: { silent: boolean; status: EngineStatus }
  readonly directorySync: DirectorySync
  readonly retention: Retention
  readonly savedReports: SavedReports
  /** Moves the clock. */
  readonly pass: (ms: number) => void
  readonly now: () => Date
  /** Sends a request as somebody: their cookie and the console's header go along. */
  readonly call: (method: string, url: string, options?: CallOptions) => Promise<Answer>
  /** Makes an administrator with this role and signs them in; the answer is the cookie. */
  readonly signInAs: (role: Role) => Promise<string>
  readonly close: () => Promise<void>
}

export interface CallOptions {
  readonly cookie?: string | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly address?: string
}

export interface Answer {
  readonly status: number
  /** The body where it is JSON; tests look into it with matchers. */
  readonly body: Readonly<Record<string, unknown>>
  readonly text: string
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
}

export const password = 'four plain words here'

/** @param policy what is asked of administrators here: `as delivered` is a second factor; most tests are about something else */
export async function startConsole(
  changes: Partial<ConsoleDependencies> = {},
  policy: 'password alone' | 'as delivered' = 'password alone',
): Promise<TestConsole> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-console-'))
  let nowMs = Date.parse('2026-11-23T10:00:00.000Z')
  const clock = changes.clock ?? (() => new Date(nowMs))
  const store = await openStore({ dataDir, clock })
  const announced: string[] = []
  const notices: ConfigNotice[] = []
  const setUpCode = createSetUpCode(randomBytes, (code) => announced.push(code))
  const engine: TestConsole['engine'] = { silent: false, status: quietEngine }
  const delivery = await startDelivery(store, {
    clock: Date.now,
    onNews: () => undefined,
    judgeKeys: () => Promise.resolve('refused'),
  })
  const configChanged = async (notice: ConfigNotice) => {
    notices.push(notice)
    if (engine.silent) throw new Error('The engine did not answer within 10 s.')
  }
  const directorySync = createDirectorySync({
    ...{ store, dataDir, clock, engine: { configChanged } },
    onProblem: (error) => process.stderr.write(`${String(error)}\n`),
  })
  const retention = createRetention({
    ...{ store, dataDir, clock },
    onProblem: (error) => process.stderr.write(`${String(error)}\n`),
  })
  const savedReports = createSavedReports({
    ...{ store, dataDir, clock, mail: (job) => delivery.room.mail(job) },
    files: { open: () => Promise.reject(new Error('Not here.')), totals: () => Promise.resolve(null) },
    hasGateway: () => delivery.room.health().some(({ kind }) => kind === 'mail'),
    onProblem: (error) => process.stderr.write(`${String(error)}\n`),
  })
  const app = await createConsoleApp({
    store,
    delivery: delivery.control,
    directorySync,
    logForwarding: nothingIsSent,
    retention,
    savedReports,
    productImports: createProductImports(store, clock),
    listeners: { console: plainListener, portal: plainListener },
    engine: {
      configChanged,
      status: async () => {
        if (engine.silent) throw new Error('The engine did not answer within 10 s.')
        return engine.status
      },
      portalPort: { host: '127.0.0.1', port: 9, secret: 'nobody listens' },
      onPortalDecided: () => () => undefined,
      discardOutbox: () => Promise.resolve(),
      openTestPort: async () => {
        throw new Error('This engine is only listened to.')
      },
      ...nobodyAsked,
    },
    clock,
    setUpCode,
    portalUrl: () => 'https://mfa.example.com',
    sampleSite: false,
    version: '0.1.0',
    startedAt: clock(),
    trustProxy: false,
    secureCookies: false,
    ...changes,
  })
  const call: TestConsole['call'] = async (method, url, { cookie, body, headers, address } = {}) => {
    const response = await app.inject({
      method: method,
      url,
      ...(address === undefined ? {} : { remoteAddress: address }),
      headers: { 'x-sallyport-request': 'console', ...(cookie === undefined ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const isJson = /[/+]json\b/.test(String(response.headers['content-type']))
    return {
      status: response.statusCode,
      body: isJson ? response.json() : {},
      text: response.body,
      headers: response.headers,
    }
  }
  const hashed = createPasswords().hash(password)
  const server = { id: null, name: 'test', address: null }
  if (policy === 'password alone') {
    await store.administratorPolicy.change({ secondFactorRequired: false, version: 1 }, server)
  }
  return {
    app,
    store,
    dataDir,
    setUpCode,
    announced,
    notices,
    engine,
    directorySync,
    retention,
    savedReports,
    pass: (ms) => (nowMs += ms),
    now: clock,
    call,
    async signInAs(role) {
      const username = `${role}-${String(await store.administrators.count())}`
      await store.administrators.create({ username, role, passwordHash: await hashed }, server)
      return cookieOf(await call('POST', '/api/session', { body: { username, password } }))
    },
    async close() {
      await app.close()
      await directorySync.close()
      await retention.close()
      await savedReports.close()
      await delivery.room.close()
      await store.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

/** The cookie that an answer sets, as a browser would send it back. */
export function cookieOf({ headers }: Pick<Answer, 'headers'>): string {
  const [set = ''] = [headers['set-cookie']].flat()
  return String(set).split(';', 1)[0] ?? ''
}

/** Its thread is tested by itself. */
const nothingIsSent: LogForwardingControl = {
  limit: 1000,
  states: () => [],
  auditCheck: () => null,
  receiversChanged: () => Promise.resolve(),
  test: () => Promise.resolve(undefined),
}

/** As a new server listens: on this machine, without TLS. */
const plainListener: ListenerControl = {
  ...{ address: '127.0.0.1', publicUrl: null, behindTlsProxy: false, names: ['localhost'], environment: null },
  port: () => 8080,
  present: () => null,
  takeUp: () => Promise.resolve(),
}

const quietEngine: EngineStatus = {
  threads: [],
  signIns: { clients: [], buckets: [], seconds: 0, count: 0 },
  sockets: [],
  logWritable: true,
  inFlight: 0,
  openChallenges: 0,
  clientTraffic: [],
  targetServers: [],
  radsecSockets: [],
  forwarding: null,
  drops: {},
}
