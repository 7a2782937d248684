/** The engine's real threads over a real store and a real OpenLDAP, on loopback ports of their own, for tests with radclient. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openStore, type Actor, type RadiusClientFields, type Store } from '@sallyport/store'
import { freeUdpPort, radclient, startSlapd, type RadclientResult } from '@sallyport/tooling/servers'

import type { ConfigNotice } from '../../bus/notices.ts'
import { startEngineThreads, type EngineHandle } from '../control.ts'

export interface RunningEngine {
  readonly store: Store
  readonly engine: EngineHandle
  readonly port: number
  /** Adds a client at 127.0.0.1 unless told otherwise, and puts it in force. */
  readonly addClient: (sharedSecret: string, fields?: Partial<RadiusClientFields>) => Promise<string>
  /** Puts in force what was saved. */
  readonly apply: (topic: Exclude<ConfigNotice['topic'], 'users'>) => Promise<void>
  /** Asks as alice, whose password is right. */
  readonly ask: (secret: string, ...attributes: readonly string[]) => Promise<RadclientResult>
  /** Asks as one of the others, whose password is right too. */
  readonly askAs: (user: string, secret: string, ...attributes: readonly string[]) => Promise<RadclientResult>
  readonly stop: () => Promise<void>
}

export const actor: Actor = { id: null, name: 'test', address: null }

/** The directory holds alice, bob and carol (`alicepw` …); alice and carol are in the group `vpn`. */
export async function startRunningEngine(): Promise<RunningEngine> {
  const directory = await startSlapd()
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-engine-'))
  const store = await openStore({ dataDir })
  const port = await freeUdpPort()
  const { url, baseDn, bindDn, bindPassword } = directory
  const ldap = await store.settings.ldap()
  await store.settings.changeLdap(
    {
      ...ldap,
      ...{ servers: [{ url }], tls: 'none', baseDn },
      queryBind: { kind: 'simple', dn: bindDn, password: bindPassword },
    },
    actor,
  )
  await store.settings.changeTarget({ ...(await store.settings.target()), kind: 'ldap' }, actor)
  const settings = { ...(await store.settings.radius()), enabled: true, authenticationPorts: [port] }
  await store.settings.changeRadius(settings, actor)
  const engine = await startEngineThreads({
    dataDir,
    addresses: ['127.0.0.1'],
    onProblem: (where, message) => {
      throw new Error(`${where}: ${message}`)
    },
    onDeath: (_thread, error) => {
      throw error
    },
  })
  const askAs: RunningEngine['askAs'] = (user, secret, ...attributes) =>
    radclient({
      ...{ host: '127.0.0.1', port, secret, retries: 1, timeoutSeconds: 2 },
      attributes: [`User-Name = "${user}"`, `User-Password = "${user}pw"`, ...attributes],
    })
  return {
    store,
    engine,
    port,
    async addClient(sharedSecret, fields) {
      const added = await store.radiusClients.create({ ...clientFields, sharedSecret, ...fields }, actor)
      if (!added.ok) throw new Error(added.problem)
      await engine.configChanged({ topic: 'clients' })
      return added.value.id
    },
    apply: (topic) => engine.configChanged({ topic }),
    ask: (secret, ...attributes) => askAs('alice', secret, ...attributes),
    askAs,
    async stop() {
      await engine.stop()
      await store.close()
      await directory.remove()
      await rm(dataDir, { recursive: true })
    },
  }
}

/** People who are not among the users come in on their password. */
const clientFields: RadiusClientFields = {
  address: '127.0.0.1',
  nasIdentifier: '',
  certificateName: '',
  applicationName: 'VPN',
  vendorProfile: 'other',
  requireUserMatch: false,
  messageAuthenticator: 'auto',
  limitProxyState: true,
  factorMode: 'automatic',
  canBeChallenged: true,
  deviceTimeoutSeconds: 60,
  allowedMethods: [],
  fallbackOath: false,
  pushWithoutNumber: false,
  enabled: true,
}
