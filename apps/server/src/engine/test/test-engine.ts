/** A real engine on a real socket, over settings in memory and a log that keeps what it is given, for tests. */
import { companyDefaults, type CompanySettings } from '@sallyport/contract'
import {
  decodeRecords,
  type EngineClient,
  type EngineRadiusServer,
  type EngineReader,
  type EngineUser,
  type EngineUserFactors,
  type JournalRecord,
  type SignInRecord,
} from '@sallyport/store/engine'
import { freeUdpPort } from '@sallyport/tooling/servers'

import type { DeliveryOrder, PendingNews } from '../../bus/pending.ts'
import { unpackRound } from '../../trace/packed-round.ts'
import { DurableLog } from '../durable-log.ts'
import { startEngine, type Engine } from '../engine.ts'

export interface TestEngine {
  readonly engine: Engine
  readonly host: string
  readonly port: number
  readonly secret: string
  readonly records: readonly JournalRecord[]
  /** Every round that was written down, in order. */
  readonly signIns: () => readonly SignInRecord[]
  /** What the trace of the last round says under a name. */
  readonly facts: (name: string) => readonly string[]
  readonly errors: readonly unknown[]
  readonly news: readonly PendingNews[]
  readonly orders: readonly DeliveryOrder[]
  /** Changes what the settings say and puts it in force. */
  readonly use: (settings: Partial<EngineSettings>) => Promise<void>
  readonly stop: () => Promise<void>
}

export interface EngineSettings {
  readonly servers: readonly EngineRadiusServer[]
  readonly whenAllDead: 'silence' | 'reject'
  readonly users: readonly EngineUser[]
  readonly client: Partial<EngineClient>
  readonly company: Partial<CompanySettings>
}

export const tokenSecret = Buffer.from('12345678901234567890')

/** How a user is asked who was never told apart from the others. */
export const noFactors: EngineUserFactors = {
  factorMethods: [],
  factorOrder: [],
  email: '',
  phone: '',
  phoneExtension: '',
  backupPhone: '',
  backupExtension: '',
  callMode: null,
  textMode: null,
  textWithPin: null,
  appMode: null,
  language: '',
  pin: null,
  devices: [],
  block: null,
  bypasses: [],
}

/** A user with one TOTP token, whose secret is {@link tokenSecret}. */
export function userWithToken(username: string): EngineUser {
  const token = { algorithm: 'SHA-1', digits: 6, stepSeconds: 30, lastUsedStep: null } as const
  const rest = { type: 'totp', driftSteps: 0, notBeforeMs: null, notAfterMs: null } as const
  return {
    ...noFactors,
    id: `user-${username}`,
    username,
    usernameKey: username,
    enabled: true,
    factorLockedUntil: null,
    factorFailures: [],
    tokens: [{ ...token, ...rest, id: `token-${username}`, serialNumber: `T-${username}`, sealedSecret: '' }],
  }
}

/** A server of the target on loopback over UDP. */
export function udpServer(
  authenticationPort: number,
  sharedSecret: string,
  more: Partial<EngineRadiusServer> = {},
): EngineRadiusServer {
  return {
    id: `server-${authenticationPort}`,
    host: '127.0.0.1',
    authenticationPort,
    accountingPort: null,
    transport: 'udp',
    timeoutSeconds: 1,
    tries: 2,
    messageAuthenticator: 'auto',
    caPem: null,
    certificatePem: null,
    sharedSecret,
    privateKey: null,
    messageAuthenticatorSeen: false,
    ...more,
  }
}

export async function startTestEngine(settings: Partial<EngineSettings> = {}): Promise<TestEngine> {
  const port = await freeUdpPort()
  const secret = 'secret of the device'
  let current: EngineSettings = { servers: [], whenAllDead: 'silence', users: [], client: {}, company: {}, ...settings }
  const client: EngineClient = {
    id: 'client-1',
    address: '127.0.0.1',
    nasIdentifier: '',
    certificateName: '',
    limitProxyState: true,
    applicationName: 'VPN',
    sharedSecret: secret,
    requireUserMatch: false,
    messageAuthenticator: 'auto',
    factorMode: 'automatic',
    canBeChallenged: true,
    deviceTimeoutSeconds: 10,
    allowedMethods: [],
    fallbackOath: false,
    pushWithoutNumber: false,
    messageAuthenticatorSeen: false,
  }
  const records: JournalRecord[] = []
  const errors: unknown[] = []
  const news: PendingNews[] = []
  const orders: DeliveryOrder[] = []
  const log: DurableLog = new DurableLog(({ body }) => {
    records.push(...decodeRecords(body))
    setImmediate(() => log.receive({ kind: 'durable' }))
  })
  const reader = {
    radius: () => ({
      enabled: true,
      authenticationPorts: [port],
      accountingPorts: [],
      accountingSilenceHours: 24,
      version: 1,
    }),
    radsec: () => ({ enabled: false, port: 2083, certificatePem: '', keyPem: null, caPem: '', version: 1 }),
    target: () => ({ kind: 'radius', version: 1 }),
    radiusTarget: () => ({ whenAllDead: current.whenAllDead, servers: current.servers }),
    company: () => ({ ...companyDefaults, version: 1, ...current.company }),
    standing: () => ({ cacheRules: [], trustedNetworks: [] }),
    factorPasses: () => [],
    replyRules: () => [],
    clients: () => [{ ...client, ...current.client }],
    users: () => current.users,
    user: (id: string) => current.users.find((user) => user.id === id),
    unsealToken: () => tokenSecret,
    challenges: () => [],
    factorRequests: () => [],
    joiningKey: () => Buffer.alloc(32, 7),
    formerPins: () => [],
    sealFactorCode: (_id: string, code: string) => Buffer.from(code).toString('base64'),
    unsealFactorCode: (_id: string, sealed: string) => Buffer.from(sealed, 'base64').toString(),
    close: () => undefined,
  } satisfies Partial<EngineReader>
  const engine = await startEngine({
    // What this target never reads is not there to be read.
    reader: reader as unknown as EngineReader,
    log,
    drain: () => Promise.resolve(),
    addresses: ['127.0.0.1'],
    tellOfTest: () => undefined,
    tellOfPortal: () => undefined,
    tellOfPending: (each) => news.push(each),
    order: (order) => orders.push(order),
    onError: (error) => errors.push(error),
  })
  const signIns = () => records.flatMap((record) => (record.kind === 'sign-in' ? [record.signIn] : []))
  return {
    engine,
    host: '127.0.0.1',
    port,
    secret,
    records,
    ...{ errors, news, orders },
    signIns,
    facts(name) {
      const body = signIns().at(-1)?.roundJson ?? null
      if (body === null) return []
      return unpackRound(body).stages.flatMap(({ facts = [] }) =>
        facts.filter((fact) => fact.name === name).map(({ value }) => value),
      )
    },
    async use(changes) {
      const before = current.users
      current = { ...current, ...changes }
      await engine.apply({ topic: 'target' })
      await engine.apply({ topic: 'clients' })
      await engine.apply({ topic: 'company' })
      await engine.apply({ topic: 'users', ids: [...before, ...current.users].map(({ id }) => id) })
    },
    stop: () => engine.stop(0),
  }
}
