/** RADIUS Authentication: settings, clients and the target, each in force when the answer goes out. */
import type {
  api,
  RadiusClientView,
  RadiusSettingsView,
  TargetKind,
  TargetView,
  TestResult,
  TestTargetInput,
} from '@sallyport/contract'
import type { RadiusClientRecord, RadiusSettings, Store, TargetSettings } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { testRadiusServer } from '../../radius-servers/test-server.ts'
import { withSecrets } from '../../radius-servers/with-secrets.ts'
import { changed } from '../change-problems.ts'
import { socketsOf } from '../engine-view.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { runLdapTest } from '../ldap-configuration.ts'
import { toConfiguration } from '../../ldap/to-configuration.ts'
import type { PasswordTrials } from '../password-trials.ts'
import { invalidInput } from '../problems.ts'
import type { Passwords } from '../session/passwords.ts'
import { testWindowsDomain } from '../../windows-domain/test-domain.ts'
import { testBuiltIn } from '../test-built-in.ts'

export interface RadiusRouteDependencies {
  readonly store: Pick<Store, 'audit' | 'settings' | 'builtIn' | 'windowsDomain' | 'radiusClients' | 'radiusServers'>
  readonly engine: EngineControl
  readonly passwords: Pick<Passwords, 'verify'>
  readonly trials: PasswordTrials
  readonly sambaFolder: string
  readonly clock: () => Date
}

const clientWords = {
  view: clientView,
  gone: 'This RADIUS client does not exist any more.',
  taken: {
    address:
      'A RADIUS client with this address exists already. If several devices share it, tell them apart by their NAS-Identifier.',
    nasIdentifier: 'A RADIUS client with this address and NAS-Identifier exists already.',
    certificateName: 'Another RADIUS client is known by this certificate already.',
  },
}
const targetWords = { view: targetView, gone: 'The target does not exist.' }

export function radiusHandlers({
  store,
  engine,
  passwords,
  trials,
  sambaFolder,
  clock,
}: RadiusRouteDependencies): Handlers<typeof api.radius> {
  const testers: Record<TargetKind, (input: TestTargetInput) => Promise<TestResult>> = {
    none: () => {
      throw invalidInput({ path: 'kind', message: 'No target is chosen yet: choose one and save it, then test it.' })
    },
    ldap: async (input) => {
      const ldap = await store.settings.ldap()
      if (!ldap.configured) throw ldapNotConfigured()
      return runLdapTest(toConfiguration(ldap), input)
    },
    // Every server has to answer for itself: the second is there for the day on which the first does not.
    radius: async (input) => {
      const records = await store.radiusServers.list()
      if (records.length === 0) throw noRadiusServer()
      const tested = records.map(async (record) => testRadiusServer(await withSecrets(store, record), input))
      const results = await Promise.all(tested)
      return { ok: results.every(({ ok }) => ok), steps: results.flatMap(({ steps }) => steps) }
    },
    'windows-domain': async (input) => {
      const domain = await store.windowsDomain.settings()
      if (!domain.configured) throw domainNotConfigured()
      return testWindowsDomain(domain, sambaFolder, input)
    },
    'built-in': (input) => testBuiltIn({ builtIn: store.builtIn, passwords, clock }, input),
  }

  const settingsView = async (settings: RadiusSettings): Promise<RadiusSettingsView> => ({
    ...settings,
    authenticationPorts: [...settings.authenticationPorts],
    accountingPorts: [...settings.accountingPorts],
    sockets: [...(await socketsOf(engine, settings))],
  })
  return {
    async readSettings() {
      return settingsView(await store.settings.radius())
    },
    async changeSettings({ body, caller }) {
      const outcome = await store.settings.changeRadius(body, caller.actor)
      const current = outcome.ok || outcome.problem !== 'changed-meanwhile' ? null : await settingsView(outcome.current)
      const settings = changed(outcome, { view: () => current, gone: 'The settings do not exist.' })
      await putInForce(engine, { topic: 'radius' })
      return settingsView(settings)
    },
    async listClients() {
      const rows = await store.radiusClients.list()
      return { rows: rows.map(clientView) }
    },
    async createClient({ body, caller }) {
      identified(body)
      const client = changed(await store.radiusClients.create(body, caller.actor), clientWords)
      await putInForce(engine, { topic: 'clients' })
      return clientView(client)
    },
    async changeClient({ params, body: { sharedSecret, ...fields }, caller }) {
      identified(fields)
      const input = { ...fields, ...(sharedSecret === undefined ? {} : { sharedSecret }) }
      const client = changed(await store.radiusClients.change(params.id, input, caller.actor), clientWords)
      await putInForce(engine, { topic: 'clients' })
      return clientView(client)
    },
    async removeClient({ params, query, caller }) {
      changed(await store.radiusClients.remove(params.id, query.version, caller.actor), clientWords)
      await putInForce(engine, { topic: 'clients' })
      return undefined
    },
    async readTarget() {
      return targetView(await store.settings.target())
    },
    async changeTarget({ body, caller }) {
      if (body.kind === 'radius' && (await store.radiusServers.list()).length === 0) throw noRadiusServer()
      if (body.kind === 'ldap' && !(await store.settings.ldap()).configured) throw ldapNotConfigured()
      if (body.kind === 'windows-domain' && !(await store.windowsDomain.settings()).configured)
        throw domainNotConfigured()
      const target = changed(await store.settings.changeTarget(body, caller.actor), targetWords)
      await putInForce(engine, { topic: 'target' })
      return targetView(target)
    },
    async testTarget({ body, caller }) {
      const { kind } = await store.settings.target()
      if (kind === 'none') return testers.none(body)
      const proven = trials.begin(caller, body.username)
      await store.audit.noteTargetTest({ username: body.username, target: kind, server: null }, caller.actor)
      const result = await testers[kind](body)
      if (result.ok) proven()
      return result
    },
  }
}

function noRadiusServer() {
  return invalidInput({
    path: 'kind',
    message: 'No RADIUS server is in the list yet: add one first, then choose this.',
  })
}

function domainNotConfigured() {
  return invalidInput({
    path: 'kind',
    message: 'The Windows domain is not configured yet: fill in its settings and save them.',
  })
}

/** @throws ApiProblem where nothing says who the device is */
function identified({ address, certificateName }: { readonly address: string; readonly certificateName: string }) {
  if (address !== '' || certificateName !== '') return
  throw invalidInput({ path: 'address', message: 'Enter the address that the device sends from.' })
}

function ldapNotConfigured() {
  return invalidInput({
    path: 'kind',
    message: 'The directory is not configured yet: save Directory Integration › Settings first.',
  })
}

function targetView({ kind, version }: TargetSettings): TargetView {
  return { kind, version }
}

function clientView(record: RadiusClientRecord): RadiusClientView {
  return {
    ...record,
    messageAuthenticatorSeenAt: record.messageAuthenticatorSeenAt?.toISOString() ?? null,
    proxyStateSeenAt: record.proxyStateSeenAt?.toISOString() ?? null,
    methodsSeen: [...record.methodsSeen],
    allowedMethods: [...record.allowedMethods],
    lastSeenAt: record.lastSeenAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
  }
}
