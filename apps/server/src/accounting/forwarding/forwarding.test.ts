/** Accounting between devices and servers that we did not write: radclient in front, FreeRADIUS behind, all of the server's threads between. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openStore, type RadiusServerFields, type Store } from '@sallyport/store'
import {
  createCertificates,
  freeUdpPort,
  radclient,
  startFreeRadiusAccounting,
  type RunningFreeRadiusAccounting,
} from '@sallyport/tooling/servers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { ForwardingStatus } from '../../bus/notices.ts'
import { startEngineThreads, type EngineHandle } from '../../engine/control.ts'

const deviceSecret = 'the secret of the device'
const actor = { id: null, name: 'test', address: null }

let dataDir: string
let store: Store
let engine: EngineHandle | undefined
let port: number
const cleanUp: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sallyport-forwarding-'))
  store = await openStore({ dataDir })
  port = await freeUdpPort()
  const ports = { authenticationPorts: [await freeUdpPort()], accountingPorts: [port] }
  await store.settings.changeRadius({ ...(await store.settings.radius()), ...ports, enabled: true }, actor)
  await store.settings.changeTarget({ ...(await store.settings.target()), kind: 'radius' }, actor)
  await store.radiusClients.create(
    {
      ...{ address: '127.0.0.1', applicationName: 'Office VPN', sharedSecret: deviceSecret, requireUserMatch: true },
      ...{ messageAuthenticator: 'auto', factorMode: 'automatic', canBeChallenged: true, nasIdentifier: '' },
      ...{
        deviceTimeoutSeconds: 60,
        allowedMethods: [],
        fallbackOath: false,
        pushWithoutNumber: false,
        enabled: true,
        certificateName: '',
        vendorProfile: 'other',
        limitProxyState: true,
      },
    },
    actor,
  )
})
afterEach(async () => {
  await engine?.stop()
  engine = undefined
  await store.close()
  for (const each of cleanUp.splice(0).reverse()) await each()
  await rm(dataDir, { recursive: true })
})

async function startServer(): Promise<EngineHandle> {
  engine = await startEngineThreads({
    dataDir,
    addresses: ['127.0.0.1'],
    onProblem: (where, message) => expect.fail(`${where}: ${message}`),
    onDeath: (thread, error) => expect.fail(`${thread}: ${error.message}`),
  })
  return engine
}

async function startTarget(
  options: Parameters<typeof startFreeRadiusAccounting>[0] = {},
): Promise<RunningFreeRadiusAccounting> {
  const target = await startFreeRadiusAccounting(options)
  cleanUp.push(() => target.stop())
  return target
}

/** Adds a server of the target that takes accounting on this port. */
async function addServer(accountingPort: number, fields: Partial<RadiusServerFields & { privateKey: string }> = {}) {
  await store.radiusServers.create(
    {
      ...{ host: '127.0.0.1', authenticationPort: await freeUdpPort(), accountingPort, transport: 'udp' },
      ...{ timeoutSeconds: 1, tries: 2, messageAuthenticator: 'auto', caPem: null, certificatePem: null },
      sharedSecret: 'testing123',
      ...fields,
    },
    actor,
  )
  await engine?.configChanged({ topic: 'target' })
}

/** Sends this record of a session and returns what answered. */
const account = async (status: string, sessionId: string, ...more: string[]) => {
  const named = [`Acct-Status-Type = ${status}`, `Acct-Session-Id = "${sessionId}"`, 'NAS-Identifier = "fw1"']
  const attributes = [...named, ...more]
  const options = {
    host: '127.0.0.1',
    port,
    secret: deviceSecret,
    code: 'acct',
    retries: 1,
    timeoutSeconds: 3,
  } as const
  return (await radclient({ ...options, attributes })).reply?.code
}

const waiting = (until: (status: ForwardingStatus) => boolean) =>
  vi.waitFor(
    async () => {
      const forwarding = (await engine?.status())?.forwarding
      expect(forwarding).toSatisfy(until)
      return forwarding
    },
    { timeout: 20_000, interval: 50 },
  )
/** Resolves when so many have come to the target, and the outbox knows it. */
const arrived = async (target: RunningFreeRadiusAccounting, count: number) => {
  await vi.waitFor(async () => expect(await target.records()).toHaveLength(count), { timeout: 20_000, interval: 50 })
  return waiting(({ rows }) => rows === 0)
}
const sessionsOf = async (target: RunningFreeRadiusAccounting) =>
  (await target.records()).map((record) => [record['Acct-Session-Id'], record['Acct-Status-Type']].join(' '))

test('what a device sends is answered, arrives at the target whole and in its order, and is taken out of the outbox', async () => {
  const target = await startTarget()
  await addServer(target.port, { messageAuthenticator: 'require' })
  await startServer()
  expect(await account('Start', 'A', 'User-Name = "alice"', 'Cisco-AVPair = "x=y"', 'Proxy-State = 0x0102')).toBe(
    'Accounting-Response',
  )
  expect(await account('Interim-Update', 'A', 'Acct-Input-Octets = 7')).toBe('Accounting-Response')
  expect(await account('Stop', 'A', 'Acct-Session-Time = 5')).toBe('Accounting-Response')
  expect(await account('Tunnel-Start', 'A', 'Acct-Tunnel-Connection = "T"')).toBe('Accounting-Response')
  expect(await account('Accounting-On', 'A')).toBe('Accounting-Response')
  const status = await arrived(target, 5)
  expect(status?.servers).toMatchObject([
    { server: `127.0.0.1:${target.port}`, state: 'up', problem: null, acknowledged: 5 },
  ])
  const records = await target.records()
  expect(
    records.filter((each) => each['Acct-Status-Type'] !== 'Accounting-On').map((each) => each['Acct-Status-Type']),
  ).toEqual(['Start', 'Interim-Update', 'Stop', 'Tunnel-Start'])
  expect(records[0]).toMatchObject({ 'User-Name': 'alice', 'Cisco-AVPair': 'x=y', 'NAS-Identifier': 'fw1' })
  // Ours comes last (RFC 2865 §5.33).
  expect(records[0]?.['Proxy-State']).toMatch(/^0x[0-9a-f]{16}$/)
})

test('when the first server is dead, the second takes over', async () => {
  const target = await startTarget()
  await addServer(await freeUdpPort())
  await addServer(target.port)
  await startServer()
  for (const session of ['A', 'B', 'C']) expect(await account('Start', session)).toBe('Accounting-Response')
  const status = await arrived(target, 3)
  expect(status?.servers.map(({ state, acknowledged }) => [state, acknowledged])).toEqual([
    ['down', 0],
    ['up', 3],
  ])
})

test('when all are dead, what was answered is kept over a restart, says how late it is, and arrives once', async () => {
  const deadPort = await freeUdpPort()
  await addServer(deadPort)
  await startServer()
  const beganAt = Date.now()
  for (const session of ['A', 'B', 'C'])
    expect(await account('Start', session, 'Acct-Delay-Time = 100')).toBe('Accounting-Response')
  expect(await account('Stop', 'B')).toBe('Accounting-Response')
  const before = await waiting(({ rows, servers }) => rows === 4 && servers[0]?.state === 'down')
  expect(before?.oldestAtMs).toBeGreaterThanOrEqual(beganAt)
  await engine?.stop()
  const target = await startTarget({ port: deadPort })
  await startServer()
  await arrived(target, 4)
  const records = await target.records()
  const found = await sessionsOf(target)
  expect(found.toSorted()).toEqual(['A Start', 'B Start', 'B Stop', 'C Start'])
  expect(found.indexOf('B Start')).toBeLessThan(found.indexOf('B Stop'))
  const delay = Number(records.find((each) => each['Acct-Session-Id'] === 'A')?.['Acct-Delay-Time'])
  expect(delay).toBeGreaterThan(100)
  // What was there before, and no more than has passed since.
  expect(delay).toBeLessThanOrEqual(100 + Math.ceil((Date.now() - beganAt) / 1000))
  // Nothing comes again: neither now nor after another restart.
  await engine?.stop()
  await startServer()
  expect(await account('Start', 'D')).toBe('Accounting-Response')
  await vi.waitFor(async () => expect(await sessionsOf(target)).toContain('D Start'), { timeout: 10_000 })
  expect(await sessionsOf(target)).toHaveLength(5)
})

test('a record that the target does not acknowledge holds up its own session and no other', async () => {
  const target = await startTarget({ unanswered: 'poison' })
  await addServer(target.port)
  await startServer()
  expect(await account('Start', 'P', 'User-Name = "poison"')).toBe('Accounting-Response')
  expect(await account('Stop', 'P')).toBe('Accounting-Response')
  for (const session of ['A', 'B', 'C']) expect(await account('Start', session)).toBe('Accounting-Response')
  const status = await waiting(({ rows, waitingSessions }) => rows === 2 && waitingSessions === 1)
  expect(status?.servers[0]?.state).toBe('up')
  const found = await sessionsOf(target)
  expect(found).toEqual(expect.arrayContaining(['A Start', 'B Start', 'C Start', 'P Start']))
  expect(found).not.toContain('P Stop')
  // Until somebody gives it up.
  await engine?.discardOutbox()
  expect((await engine?.status())?.forwarding).toMatchObject({ rows: 0, oldestAtMs: null, waitingSessions: 0 })
  expect(await account('Start', 'E')).toBe('Accounting-Response')
  await vi.waitFor(async () => expect(await sessionsOf(target)).toContain('E Start'), { timeout: 10_000 })
})

test('a server under another secret says what is wrong with it, and takes over once that is mended', async () => {
  const target = await startTarget()
  await addServer(target.port, { sharedSecret: 'another secret' } as object)
  await startServer()
  expect(await account('Start', 'A')).toBe('Accounting-Response')
  await waiting(({ servers }) => servers[0]?.state === 'down')
  const [server] = await store.radiusServers.list()
  if (!server) throw new Error('no server')
  await store.radiusServers.change(server.id, { ...server, sharedSecret: target.secret }, actor)
  await engine?.configChanged({ topic: 'target' })
  await arrived(target, 1)
  expect(await sessionsOf(target)).toEqual(['A Start'])
})

test('over RadSec it travels to the one port that there is', async () => {
  const certificates = await createCertificates()
  cleanUp.push(() => certificates.remove())
  const target = await startTarget({ radsec: { certificate: certificates.server, caFile: certificates.caFile } })
  await addServer(target.port, {
    ...{ transport: 'radsec', authenticationPort: target.port, caPem: certificates.caPem },
    certificatePem: await readFile(certificates.client.certificate, 'utf8'),
    privateKey: await readFile(certificates.client.key, 'utf8'),
  })
  await startServer()
  for (const status of ['Start', 'Stop']) expect(await account(status, 'A')).toBe('Accounting-Response')
  await arrived(target, 2)
  expect(await sessionsOf(target)).toEqual(['A Start', 'A Stop'])
})

test('where no server takes accounting, nothing is kept to be forwarded', async () => {
  await startServer()
  expect(await account('Start', 'A')).toBe('Accounting-Response')
  expect(await account('Tunnel-Start', 'A')).toBe('Accounting-Response')
  await engine?.configChanged({ topic: 'users', ids: [] })
  expect((await engine?.status())?.forwarding).toMatchObject({ rows: 0, servers: [] })
})
