import { readFile } from 'node:fs/promises'
import type { RadiusServerView, Role } from '@sallyport/contract'
import { createCertificates, startFreeRadius, type TestCertificates } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

const udp = {
  host: '192.0.2.1',
  authenticationPort: 1812,
  accountingPort: null,
  transport: 'udp',
  timeoutSeconds: 3,
  tries: 3,
  messageAuthenticator: 'auto',
  caPem: null,
  certificatePem: null,
}
const sharedSecret = 'asecretofthetarget'
let console: TestConsole
let cookies: Record<Role, string>
let certificates: TestCertificates
let peer: Awaited<ReturnType<typeof startFreeRadius>>

beforeAll(async () => {
  console = await startConsole()
  cookies = {
    administrator: await console.signInAs('administrator'),
    operator: await console.signInAs('operator'),
    auditor: await console.signInAs('auditor'),
  }
  certificates = await createCertificates()
  peer = await startFreeRadius({ secret: sharedSecret })
})
afterAll(async () => {
  await console.close()
  await peer.stop()
  await certificates.remove()
})

const call = (method: string, path: string, body?: unknown, role: Role = 'administrator') =>
  console.call(method, `/api/radius/servers${path}`, { cookie: cookies[role], ...(body === undefined ? {} : { body }) })
async function add(changes: object): Promise<RadiusServerView> {
  const answer = await call('POST', '', { ...udp, sharedSecret, ...changes })
  expect(answer.status, answer.text).toBe(200)
  return answer.body as unknown as RadiusServerView
}
async function hosts(): Promise<string[]> {
  const { body } = await call('GET', '')
  const rows = body['rows'] as RadiusServerView[]
  expect(rows.map(({ place }) => place)).toEqual(rows.map((_, at) => at + 1))
  return rows.map(({ host }) => host)
}
async function someServer(): Promise<RadiusServerView> {
  const [server] = (await call('GET', '')).body['rows'] as RadiusServerView[]
  if (!server) throw new Error('the list is empty')
  return server
}
const message = (pattern: RegExp) => expect.stringMatching(pattern) as unknown

describe('the list of RADIUS servers', () => {
  test('is added to at its end, changed, moved and shortened, each at once and in the audit trail', async () => {
    const first = await add({})
    const second = await add({ host: 'Radius2.Example.com' })
    const third = await add({ host: '2001:db8::1', accountingPort: 1813 })
    expect(first).toMatchObject({ place: 1, hasSharedSecret: true, health: null })
    expect(await hosts()).toEqual(['192.0.2.1', 'radius2.example.com', '2001:db8::1'])

    const moved = await call('POST', `/${third.id}/move`, { direction: 'up' })
    expect((moved.body['rows'] as RadiusServerView[]).map(({ id }) => id)).toEqual([first.id, third.id, second.id])
    await call('POST', `/${first.id}/move`, { direction: 'down' })
    expect(await hosts()).toEqual(['2001:db8::1', '192.0.2.1', 'radius2.example.com'])
    // Nothing is above the first one, nor below the last.
    await call('POST', `/${third.id}/move`, { direction: 'up' })
    await call('POST', `/${second.id}/move`, { direction: 'down' })
    expect(await hosts()).toEqual(['2001:db8::1', '192.0.2.1', 'radius2.example.com'])

    console.notices.length = 0
    const elsewhere = { ...udp, host: 'radius3.example.com', sharedSecret, version: second.version }
    const changed = await call('PUT', `/${second.id}`, elsewhere)
    expect(changed.body).toMatchObject({ host: 'radius3.example.com', hasSharedSecret: true, version: 2 })
    expect(console.notices).toEqual([{ topic: 'target' }])
    const late = await call('PUT', `/${second.id}`, { ...elsewhere, host: 'late.example.com', version: 1 })
    expect(late).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } })

    expect((await call('DELETE', `/${second.id}?version=1`)).status).toBe(409)
    expect((await call('DELETE', `/${second.id}?version=2`)).status).toBe(204)
    expect(await hosts()).toEqual(['2001:db8::1', '192.0.2.1'])
    expect(await console.store.radiusServers.secrets(first.id)).toMatchObject({ sharedSecret })
    const { rows } = await console.store.audit.list({ limit: 20 })
    const actions = rows.filter(({ subjectKind }) => subjectKind === 'radius-server').map(({ action }) => action)
    expect(actions.toReversed()).toEqual([...['created', 'created', 'created', 'moved', 'moved'], 'changed', 'removed'])
    const texts = [JSON.stringify(rows), (await call('GET', '')).text, changed.text]
    for (const text of texts) expect(text).not.toContain(sharedSecret)
  })

  test('sends a stored secret nowhere else: another host, port or transport wants it again, also by a detour', async () => {
    const { id, version } = await add({ host: '192.0.2.40' })
    const put = (fields: object) => call('PUT', `/${id}`, { ...udp, host: '192.0.2.40', ...fields })
    for (const moved of [{ host: '192.0.2.66' }, { authenticationPort: 1645 }, { accountingPort: 1813 }]) {
      expect(await put({ ...moved, version })).toMatchObject({
        ...{ status: 400, body: { errors: [{ path: 'sharedSecret', message: message(/enter the shared secret/) }] } },
      })
    }
    expect(await put({ tries: 5, version })).toMatchObject({ status: 200, body: { tries: 5, hasSharedSecret: true } })
    const [certificatePem, privateKey] = await Promise.all(
      [certificates.client.certificate, certificates.client.key].map((file) => readFile(file, 'utf8')),
    )
    const detour = { transport: 'radsec', caPem: certificates.caPem, certificatePem, privateKey, host: '192.0.2.66' }
    expect((await put({ ...detour, version: 2 })).body).toMatchObject({ hasSharedSecret: false })
    expect((await put({ host: '192.0.2.66', version: 3 })).body).toMatchObject({ errors: [{ path: 'sharedSecret' }] })
    expect((await put({ host: '192.0.2.66', sharedSecret: 'a secret of its own', version: 3 })).status).toBe(200)
    expect(await console.store.radiusServers.secrets(id)).toMatchObject({ sharedSecret: 'a secret of its own' })
    await call('DELETE', `/${id}?version=4`)
  })

  test('keeps its last server while it is the target', async () => {
    const rows = (await call('GET', '')).body['rows'] as RadiusServerView[]
    const target = await console.store.settings.target()
    const chosen = { kind: 'radius', version: target.version }
    expect(
      (await console.call('PUT', '/api/radius/target', { cookie: cookies.administrator, body: chosen })).status,
    ).toBe(200)
    const [one, last] = rows
    expect((await call('DELETE', `/${one?.id ?? ''}?version=${one?.version ?? 0}`)).status).toBe(204)
    const refused = await call('DELETE', `/${last?.id ?? ''}?version=${last?.version ?? 0}`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'in-use', detail: message(/only server/) } })
  })

  test('knows nothing of a server that is gone', async () => {
    const gone = '/00000000-0000-4000-8000-000000000000'
    const answers = await Promise.all([
      call('PUT', gone, { ...udp, sharedSecret, version: 1 }),
      call('POST', `${gone}/move`, { direction: 'up' }),
      call('POST', `${gone}/test`, { username: '', password: '' }),
      call('DELETE', `${gone}?version=1`),
    ])
    for (const { status } of answers) expect(status).toBe(404)
  })
})

describe('roles', () => {
  test.each(['operator', 'auditor'] as const)('%s may look, and change nothing', async (role) => {
    const before = await hosts()
    expect((await call('GET', '', undefined, role)).status).toBe(200)
    const { id, version } = await someServer()
    const answers = await Promise.all([
      call('POST', '', { ...udp, host: '192.0.2.99', sharedSecret }, role),
      call('PUT', `/${id}`, { ...udp, host: '192.0.2.99', version }, role),
      call('POST', `/${id}/move`, { direction: 'up' }, role),
      call('POST', `/${id}/test`, { username: '', password: '' }, role),
      call('DELETE', `/${id}?version=${version}`, undefined, role),
    ])
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    expect(await hosts()).toEqual(before)
  })

  test('nobody who is not signed in may look', async () => {
    expect((await console.call('GET', '/api/radius/servers')).status).toBe(401)
  })
})

describe('one wrong field', () => {
  test.each([
    ['host', { host: '' }, /address or host name/],
    ['host', { host: '192.0.2.256' }, /IPv4 or IPv6/],
    ['host', { host: 'two words' }, /IPv4 or IPv6/],
    ['authenticationPort', { authenticationPort: 0 }, /1 to 65535/],
    ['accountingPort', { accountingPort: 65_536 }, /1 to 65535/],
    ['transport', { transport: 'tcp' }, /./],
    ['timeoutSeconds', { timeoutSeconds: 61 }, /1 to 60/],
    ['tries', { tries: 0 }, /1 to 10/],
    ['messageAuthenticator', { messageAuthenticator: 'never' }, /./],
    ['sharedSecret', { sharedSecret: undefined }, /shared secret/],
    ['shareSecret', { shareSecret: 'mistyped' }, /not known here/],
  ])('%s: %j is said beside it, on adding and on changing', async (path, wrong, pattern) => {
    const rows = (await call('GET', '')).body['rows'] as RadiusServerView[]
    const body = { ...udp, host: '192.0.2.50', sharedSecret, ...wrong }
    const problem = expect.objectContaining({ path, message: message(pattern) }) as unknown
    const expected = { code: 'invalid-input', errors: expect.arrayContaining([problem]) as unknown }
    expect(await call('POST', '', body)).toMatchObject({ status: 400, body: expected })
    if (path === 'sharedSecret') return
    const { id, version } = await someServer()
    expect(await call('PUT', `/${id}`, { ...body, version })).toMatchObject({ status: 400, body: expected })
    expect(await hosts()).toHaveLength(rows.length)
  })

  test('the same server twice, a direction that is none, a name without a password', async () => {
    const taken = await add({ host: '192.0.2.60' })
    expect((await call('POST', '', { ...udp, host: '192.0.2.60', sharedSecret })).body).toMatchObject({
      errors: [{ path: 'host', message: message(/in the list already/) }],
    })
    expect((await call('POST', `/${taken.id}/move`, { direction: 'left' })).body).toMatchObject({
      errors: [{ path: 'direction' }],
    })
    expect((await call('POST', `/${taken.id}/test`, { username: 'alice', password: '' })).body).toMatchObject({
      errors: [{ path: 'password' }],
    })
    await call('DELETE', `/${taken.id}?version=${taken.version}`)
  })

  test('RadSec: its authority, its certificate and the key of that certificate', async () => {
    const [certificatePem, privateKey, foreignKey] = await Promise.all(
      [certificates.client.certificate, certificates.client.key, certificates.server.key].map((file) =>
        readFile(file, 'utf8'),
      ),
    )
    const radsec = { ...udp, host: '192.0.2.70', transport: 'radsec', caPem: certificates.caPem, certificatePem }
    for (const [wrong, path, pattern] of [
      [{ privateKey, caPem: null }, 'caPem', /authority/],
      [{ privateKey, certificatePem: 'nonsense' }, 'certificatePem', /certificate for this machine/],
      [{}, 'privateKey', /private key/],
      [{ privateKey: foreignKey }, 'privateKey', /not the unencrypted private key/],
    ] as const) {
      const { body } = await call('POST', '', { ...radsec, ...wrong })
      expect(body).toMatchObject({ errors: expect.arrayContaining([{ path, message: message(pattern) }]) as unknown })
    }
    const made = await call('POST', '', { ...radsec, privateKey })
    expect(made.body).toMatchObject({ transport: 'radsec', hasPrivateKey: true, hasSharedSecret: false })
    expect(made.text).not.toContain('PRIVATE KEY')
    const { id, version } = made.body as unknown as RadiusServerView
    await call('DELETE', `/${id}?version=${version}`)
  })
})

describe('the test of a server', () => {
  const steps = (body: object) => (body as { steps: { step: string; ok: boolean }[] }).steps
  const real = () => ({ host: peer.host, authenticationPort: peer.passwordPort })

  test('tells a server that answers, a name that it takes, one that it does not, and a secret that differs', async () => {
    const { id } = await add(real())
    const tried = async (username: string, password: string) =>
      (await call('POST', `/${id}/test`, { username, password })).body
    expect(await tried('', '')).toMatchObject({ ok: true })
    expect(await tried('alice', 'alicepw')).toMatchObject({ ok: true })
    const wrong = await tried('alice', 'not her password')
    expect(steps(wrong).filter(({ ok }) => !ok)).toMatchObject([{ step: 'sign-in' }])
    expect(JSON.stringify(wrong)).not.toContain('not her password')
    const other = await add({ ...real(), authenticationPort: peer.challengePort, sharedSecret: 'another secret' })
    expect((await call('POST', `/${other.id}/test`, { username: '', password: '' })).body).toMatchObject({ ok: false })
    await call('DELETE', `/${other.id}?version=${other.version}`)
  }, 30_000)

  test('is written down with the name that was tried, and guesses no password, also not by turns with others', async () => {
    const [server] = (await console.store.radiusServers.list()).filter(({ host }) => host === peer.host)
    const tries = {
      server: (username: string) => call('POST', `/${server?.id ?? ''}/test`, { username, password: 'guessed' }),
      target: (username: string) =>
        console.call('POST', '/api/radius/target/test', {
          cookie: cookies.administrator,
          body: { username, password: 'guessed' },
        }),
      signIn: (username: string) =>
        console.call('POST', '/api/test-sign-ins', {
          cookie: cookies.administrator,
          body: { clientId, username, password: 'guessed', method: 'pap', dryRun: false, attributes: [] },
        }),
    }
    const client = { address: '192.0.2.200', sharedSecret: 'a long shared secret', requireUserMatch: true }
    const rest = { applicationName: 'VPN', vendorProfile: 'other', nasIdentifier: '', certificateName: '' }
    const policy = { messageAuthenticator: 'auto', limitProxyState: true, factorMode: 'automatic' }
    const made = await console.store.radiusClients.create(
      { ...client, ...rest, ...policy, canBeChallenged: true, deviceTimeoutSeconds: 60, enabled: true } as never,
      { id: null, name: 'test', address: null },
    )
    const clientId = made.ok ? made.value.id : ''
    // Only this one server is left to be asked.
    for (const { id, host, version } of await console.store.radiusServers.list()) {
      if (host !== peer.host) await call('DELETE', `/${id}?version=${version}`)
    }
    console.pass(20 * 60_000)
    const statuses: number[] = []
    const spellings = ['bob', 'BOB', 'CORP\\bob', 'bob@corp.example', 'bob@elsewhere.example']
    for (let turn = 0; turn < 12; turn++) {
      const name = spellings[turn % spellings.length] ?? 'bob'
      const way = [tries.server, tries.target, tries.signIn][turn % 3] ?? tries.server
      statuses.push((await way(name)).status)
    }
    expect(statuses.slice(0, 10)).not.toContain(429)
    expect(statuses.slice(10)).toEqual([429, 429])
    for (const way of Object.values(tries)) expect((await way('bob')).status).toBe(429)
    // Somebody else can still be tried, until the administrator has tried too often in all.
    expect((await tries.target('alice')).status).toBe(200)

    const { rows } = await console.store.audit.list({ limit: 50 })
    const tested = rows.filter(({ subjectKind }) => subjectKind === 'target-password')
    expect(tested).toContainEqual(
      expect.objectContaining({ action: 'tested', subjectName: 'CORP\\bob', after: expect.anything() as unknown }),
    )
    expect(tested.map(({ after }) => after?.['target'])).toContain('radius')
    expect(JSON.stringify(rows)).not.toContain('guessed')
  }, 60_000)
})
