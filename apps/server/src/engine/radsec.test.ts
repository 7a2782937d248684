/** RadSec from a real device: radclient asks FreeRADIUS by UDP, which asks us over TLS. */
import { readFile } from 'node:fs/promises'

import {
  createCertificates,
  freeTcpPort,
  radclient,
  startFreeRadiusProxy,
  type CertificateFiles,
  type RunningFreeRadiusProxy,
  type TestCertificates,
} from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { actor, startRunningEngine, type RunningEngine } from './test/running-engine.ts'

let running: RunningEngine
let certificates: TestCertificates
let port: number

beforeAll(async () => {
  certificates = await createCertificates()
  running = await startRunningEngine()
  port = await freeTcpPort()
  const text = (path: string) => readFile(path, 'utf8')
  const settings = {
    ...{ enabled: true, port, caPem: certificates.caPem, version: 1 },
    certificatePem: await text(certificates.server.certificate),
    keyPem: await text(certificates.server.key),
  }
  await running.store.settings.changeRadsec(settings, actor)
  await running.apply('radius')
})
afterAll(async () => {
  await running.stop()
  await certificates.remove()
})

const ask = (proxy: RunningFreeRadiusProxy, user = 'alice') =>
  radclient({
    ...{ host: proxy.host, port: proxy.port, secret: proxy.secret, retries: 1, timeoutSeconds: 4 },
    attributes: [`User-Name = "${user}"`, `User-Password = "${user}pw"`, 'Message-Authenticator = 0x00'],
  })

async function behind<T>(
  certificate: CertificateFiles,
  work: (proxy: RunningFreeRadiusProxy) => Promise<T>,
): Promise<T> {
  const proxy = await startFreeRadiusProxy({ homePort: port, certificate, caFile: certificates.caFile })
  try {
    return await work(proxy)
  } finally {
    await proxy.stop()
  }
}

describe('a device over RadSec', () => {
  test('listens on its own port', async () => {
    expect((await running.engine.status()).radsecSockets).toEqual([
      { family: 'IPv4', state: 'listening', problem: null },
    ])
  })

  test('is known by its certificate alone, and signs people in through the same stages', async () => {
    await running.addClient('never used over TLS', { address: '', certificateName: 'Client1', applicationName: 'TLS' })
    await behind(certificates.client, async (proxy) => {
      const replies = await Promise.all([ask(proxy), ask(proxy, 'bob'), ask(proxy, 'carol')])
      expect(replies.map(({ reply }) => reply?.code)).toEqual(Array(3).fill('Access-Accept'))
    })
    await running.apply('clients')
    const { rows } = await running.store.signIns.list({}, { limit: 3 })
    expect(rows.map(({ client }) => client?.name)).toEqual(['TLS', 'TLS', 'TLS'])
  })

  test('is not known by a certificate that no client has, though the authority is right', async () => {
    const before = (await running.engine.status()).drops['unknown-client'] ?? 0
    await behind(certificates.server, async (proxy) => {
      expect((await ask(proxy)).reply?.code).not.toBe('Access-Accept')
    })
    expect((await running.engine.status()).drops['unknown-client']).toBeGreaterThan(before)
  })

  test('is refused from elsewhere than its address', async () => {
    await running.addClient('never used over TLS', { address: '192.0.2.1', certificateName: 'localhost' })
    await behind(certificates.server, async (proxy) => {
      expect((await ask(proxy)).reply?.code).not.toBe('Access-Accept')
    })
  })

  test('is not served while RADIUS is off', async () => {
    await running.store.settings.changeRadius({ ...(await running.store.settings.radius()), enabled: false }, actor)
    await running.apply('radius')
    expect((await running.engine.status()).radsecSockets).toEqual([])
  })
})
