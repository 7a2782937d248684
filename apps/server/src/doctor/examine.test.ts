/** The doctor beside a server that runs, and in a folder whose server is stopped; nothing it prints is a secret. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createSocket } from 'node:dgram'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@sallyport/store'
import { freeTcpPort, freeUdpPort } from '@sallyport/tooling/servers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseConfig } from '../config.ts'
import { actor, sharedSecret, startTestServer } from '../test/running-server.ts'
import { examine } from './examine.ts'
import type { Area, Finding } from './finding.ts'

let folder: string
let environment: Record<string, string>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-doctor-'))
  environment = {
    SALLYPORT_DATA_DIR: folder,
    SALLYPORT_RADIUS_ADDRESSES: '127.0.0.1',
    SALLYPORT_CONSOLE_PORT: String(await freeTcpPort()),
    SALLYPORT_PORTAL_PORT: String(await freeTcpPort()),
  }
})
afterEach(() => rm(folder, { recursive: true }))

async function findings(area: Area, more: Record<string, string> = {}): Promise<readonly Finding[]> {
  const config = parseConfig({ ...environment, ...more })
  const all = await examine({
    config,
    migrationsDir: undefined,
    clock: () => new Date(),
    ntp: undefined,
    thorough: false,
  })
  expect(JSON.stringify(all)).not.toContain(sharedSecret)
  return all.filter((each) => each.area === area)
}

test('beside a running server it tells what that says of itself, and disturbs nothing', async () => {
  const server = await startTestServer(async (store) => {
    await store.settings.changeTarget({ kind: 'built-in', version: 1 }, actor)
  })
  try {
    const running = { SALLYPORT_DATA_DIR: server.dataDir }
    const trail = await server.store.audit.list({ limit: 1 })
    expect(await findings('server', running)).toMatchObject([{ state: 'good' }])
    const ports = await findings('ports', running)
    expect(ports.map(({ state }) => state)).toEqual(['good', 'good'])
    expect(ports[1]?.message).toContain(String(server.port))
    expect((await server.ask('User-Name = "nobody"', 'User-Password = "x"')).code).toBe('Access-Reject')
    expect(await server.store.audit.list({ limit: 1 })).toEqual(trail)
  } finally {
    await server.close()
  }
}, 60_000)

test('while it is stopped, a port that somebody holds is named with its holder', async () => {
  const port = await freeUdpPort()
  const store = await openStore({ dataDir: folder })
  const ports = { authenticationPorts: [port], accountingPorts: [], accountingSilenceHours: 24 }
  await store.settings.changeRadius({ enabled: true, ...ports, version: 1 }, actor)
  await store.close()
  expect((await findings('ports')).map(({ state }) => state)).toEqual(['good', 'good', 'good'])
  const holder = createSocket('udp4')
  await new Promise<void>((resolve) => holder.bind(port, '127.0.0.1', resolve))
  try {
    const [, , held] = await findings('ports')
    expect(held).toMatchObject({ state: 'bad', message: expect.stringContaining(`process ${process.pid}`) as string })
  } finally {
    holder.close()
  }
})

test('a target that cannot be reached, and a host that DNS does not know, are said with where to mend it', async () => {
  const store = await openStore({ dataDir: folder })
  const server = { timeoutSeconds: 1, tries: 1, transport: 'udp', messageAuthenticator: 'auto' } as const
  const more = { accountingPort: null, caPem: null, certificatePem: null, sharedSecret }
  const host = 'radius.nowhere.invalid'
  await store.radiusServers.create({ ...server, ...more, host, authenticationPort: 1812 }, actor)
  await store.settings.changeTarget({ kind: 'radius', version: 1 }, actor)
  await store.close()
  expect(await findings('dns')).toMatchObject([{ state: 'bad', message: expect.stringContaining(host) as string }])
  expect(await findings('targets')).toMatchObject([{ state: 'bad', fix: expect.stringContaining('Target') as string }])
})

test('an empty folder is no fault, and one that others can look into is', async () => {
  expect((await findings('database')).map(({ state }) => state)).not.toContain('bad')
  await (await openStore({ dataDir: folder })).close()
  await chmod(folder, 0o755)
  expect((await findings('database'))[0]).toMatchObject({ state: 'warning', fix: `chmod 700 ${folder}` })
})

test('a certificate that cannot be read is named with its variable', async () => {
  const tls = {
    SALLYPORT_CONSOLE_TLS_CERTIFICATE: join(folder, 'no.pem'),
    SALLYPORT_CONSOLE_TLS_KEY: join(folder, 'no.key'),
  }
  const [found] = await findings('certificates', tls)
  expect(found).toMatchObject({
    state: 'bad',
    fix: expect.stringContaining('SALLYPORT_CONSOLE_TLS_CERTIFICATE') as string,
  })
})
