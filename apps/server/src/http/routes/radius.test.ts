import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
beforeEach(() => {
  console.notices.length = 0
  console.engine.silent = false
})
afterAll(() => console.close())

const accounting = { accountingPorts: [1813, 1646], accountingSilenceHours: 24 }
const listening = (port: number) =>
  ({ port, family: 'IPv4', kind: 'authentication', state: 'listening', problem: null }) as const

describe('the settings', () => {
  test('are 1812 and 1645, off, until somebody saves', async () => {
    expect((await console.call('GET', '/api/radius/settings', { cookie })).body).toEqual({
      enabled: false,
      authenticationPorts: [1812, 1645],
      ...accounting,
      version: 1,
      sockets: [],
    })
  })

  test('take effect before the answer, which says how each socket fared', async () => {
    console.engine.status = { ...console.engine.status, sockets: [listening(1900)] }
    const body = { ...accounting, enabled: true, authenticationPorts: [1900], accountingPorts: [1901], version: 1 }
    const answer = await console.call('PUT', '/api/radius/settings', { cookie, body })
    expect(answer.body).toEqual({ ...body, version: 2, sockets: [listening(1900)] })
    expect(console.notices).toEqual([{ topic: 'radius' }])
  })

  test('saved by somebody else in between are 409 with what stands now', async () => {
    const body = { ...accounting, enabled: false, authenticationPorts: [1812], version: 1 }
    expect((await console.call('PUT', '/api/radius/settings', { cookie, body })).body).toMatchObject({
      status: 409,
      current: { enabled: true, authenticationPorts: [1900], version: 2, sockets: [listening(1900)] },
    })
    expect(console.notices).toEqual([])
  })

  test.each([
    [[], 'authenticationPorts'],
    [[0], 'authenticationPorts.0'],
    [[1812, 65536], 'authenticationPorts.1'],
    [[1812, 1812], 'authenticationPorts'],
    [[1.5], 'authenticationPorts.0'],
  ])('refuse the ports %j at %s', async (authenticationPorts, path) => {
    const body = { ...accounting, enabled: true, authenticationPorts, version: 2 }
    const answer = await console.call('PUT', '/api/radius/settings', { cookie, body })
    expect(answer.body).toMatchObject({ status: 400, errors: [{ path }] })
  })

  test('refuse a port for both authentication and accounting', async () => {
    const body = { ...accounting, enabled: true, authenticationPorts: [1812], accountingPorts: [1812], version: 2 }
    const answer = await console.call('PUT', '/api/radius/settings', { cookie, body })
    expect(answer.body).toMatchObject({ status: 400, errors: [{ path: 'accountingPorts' }] })
  })

  test('say of a silent engine that nothing listens', async () => {
    console.engine.silent = true
    const { body } = await console.call('GET', '/api/radius/settings', { cookie })
    expect(body['sockets']).toMatchObject([
      { port: 1900, family: 'IPv4', state: 'failed', problem: expect.stringContaining('does not answer') as unknown },
      { port: 1900, family: 'IPv6', state: 'failed' },
      { port: 1901, family: 'IPv4', kind: 'accounting', state: 'failed' },
      { port: 1901, family: 'IPv6', kind: 'accounting', state: 'failed' },
    ])
  })
})

describe('a client', () => {
  const fields = {
    address: '192.0.2.77/24',
    applicationName: 'VPN',
    requireUserMatch: true,
    messageAuthenticator: 'auto',
    factorMode: 'automatic',
    canBeChallenged: true,
    deviceTimeoutSeconds: 60,
    allowedMethods: [],
    fallbackOath: false,
    pushWithoutNumber: false,
    enabled: true,
  }
  const secret = 'a secret of the fields'

  test('is added in canonical form, served at once, and its secret is never shown', async () => {
    const made = await console.call('POST', '/api/radius/clients', {
      cookie,
      body: { ...fields, sharedSecret: secret },
    })
    expect(made.body).toMatchObject({ ...fields, address: '192.0.2.0/24', signInsLastDay: 0, version: 1 })
    expect(console.notices).toEqual([{ topic: 'clients' }])
    const url = `/api/radius/clients/${String(made.body['id'])}`
    const kept = await console.call('PUT', url, { cookie, body: { ...fields, enabled: false, version: 1 } })
    expect(kept.body).toMatchObject({ enabled: false, version: 2 })
    const renewed = { ...fields, sharedSecret: 'another secret', version: 2 }
    expect((await console.call('PUT', url, { cookie, body: renewed })).status).toBe(200)
    const list = await console.call('GET', '/api/radius/clients', { cookie })
    const trail = await console.call('GET', '/api/reports/changes', { cookie })
    for (const { text } of [made, kept, list, trail]) expect(text).not.toMatch(/a secret of|another secret/)
    expect((await console.call('DELETE', `${url}?version=3`, { cookie })).status).toBe(204)
    expect(console.notices).toHaveLength(4)
  })

  test('is refused where the address is taken, written in any way', async () => {
    const create = (address: string) =>
      console.call('POST', '/api/radius/clients', { cookie, body: { ...fields, address, sharedSecret: secret } })
    expect((await create('198.51.100.4')).status).toBe(200)
    expect((await create('::ffff:198.51.100.4')).body).toMatchObject({
      code: 'already-exists',
      errors: [{ path: 'address', message: expect.stringContaining('NAS-Identifier') as unknown }],
    })
  })

  test('may share an address under a NAS-Identifier of its own, once', async () => {
    const body = { ...fields, address: '198.51.100.5', nasIdentifier: 'east', sharedSecret: secret }
    const made = await console.call('POST', '/api/radius/clients', { cookie, body })
    expect(made.body).toMatchObject({ nasIdentifier: 'east', vendorProfile: 'other', limitProxyState: true })
    expect((await console.call('POST', '/api/radius/clients', { cookie, body })).body).toMatchObject({
      errors: [{ path: 'nasIdentifier' }],
    })
    const unnamed = { ...body, nasIdentifier: '', vendorProfile: 'fortinet', limitProxyState: false }
    expect((await console.call('POST', '/api/radius/clients', { cookie, body: unnamed })).body).toMatchObject({
      vendorProfile: 'fortinet',
      limitProxyState: false,
      methodsSeen: [],
      proxyStateSeenAt: null,
    })
  })
})

describe('the target', () => {
  test('cannot be LDAP before the directory is configured, and the answer names the fix', async () => {
    const answer = await console.call('PUT', '/api/radius/target', { cookie, body: { kind: 'ldap', version: 1 } })
    expect(answer.body).toMatchObject({
      status: 400,
      errors: [{ path: 'kind', message: expect.stringContaining('Directory Integration') as unknown }],
    })
    expect((await console.call('GET', '/api/radius/target', { cookie })).body).toEqual({ kind: 'none', version: 1 })
  })

  test('cannot be tested before one is chosen', async () => {
    const body = { username: 'ann', password: 'secret of ann' }
    const answer = await console.call('POST', '/api/radius/target/test', { cookie, body })
    expect(answer.body).toMatchObject({ status: 400, errors: [{ path: 'kind' }] })
    expect(answer.text).not.toContain('secret of ann')
  })
})
