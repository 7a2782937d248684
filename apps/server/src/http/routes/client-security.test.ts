import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClientSecurityRow } from '@sallyport/contract'
import type { ClientTrafficStatus } from '../../bus/notices.ts'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let administrator: string
let auditor: string
let clientId: string

function saw(changes: Partial<ClientTrafficStatus>): void {
  const clientTraffic = [
    {
      ...{ clientId, sinceMs: 0, requests: 60, signed: 60, signedInARow: 60, protectedInARow: 60 },
      ...{ repeated: 2, usualIntervalMs: 4_000, drops: { 'message-authenticator-invalid': 3 }, ...changes },
    },
  ]
  console.engine.status = { ...console.engine.status, clientTraffic }
}

async function row(): Promise<ClientSecurityRow> {
  const { body } = await console.call('GET', '/api/reports/client-security', { cookie: auditor })
  const [only] = body['rows'] as ClientSecurityRow[]
  if (only === undefined) throw new Error('there is no client')
  return only
}

const enforce = (measure: string, version: number, cookie = administrator) =>
  console.call('POST', `/api/reports/client-security/${clientId}/enforce`, { cookie, body: { measure, version } })

beforeAll(async () => {
  console = await startConsole()
  administrator = await console.signInAs('administrator')
  auditor = await console.signInAs('auditor')
  const client = await console.store.radiusClients.create(
    {
      ...{ address: '192.0.2.7', nasIdentifier: '', certificateName: '', applicationName: '=VPN' },
      ...{ vendorProfile: 'other', requireUserMatch: false, messageAuthenticator: 'auto', limitProxyState: false },
      ...{ factorMode: 'automatic', canBeChallenged: true, deviceTimeoutSeconds: 60, allowedMethods: [] },
      ...{ fallbackOath: false, pushWithoutNumber: false, enabled: true, sharedSecret: 'a secret of this test' },
    },
    { id: null, name: 'test', address: null },
  )
  if (!client.ok) throw new Error(client.problem)
  clientId = client.value.id
})
afterAll(() => console.close())

describe('the security of RADIUS clients', () => {
  test('offers nothing where nothing came, or the engine is silent', async () => {
    expect(await row()).toMatchObject({ traffic: null, offers: [] })
    console.engine.silent = true
    const { body } = await console.call('GET', '/api/reports/client-security', { cookie: auditor })
    expect(body).toMatchObject({ engineAnswers: false })
    console.engine.silent = false
  })

  test('offers what fifty requests in a row have kept, and nothing else', async () => {
    saw({ signedInARow: 49, protectedInARow: 50 })
    expect((await row()).offers).toEqual(['limit-proxy-state'])
    saw({ signedInARow: 50, protectedInARow: 49 })
    expect((await row()).offers).toEqual(['require-message-authenticator'])
  })

  test('offers nothing of a client that is never sent a Message-Authenticator', async () => {
    saw({})
    const [client] = await console.store.radiusClients.list()
    if (client === undefined) throw new Error('there is no client')
    const nobody = { id: null, name: 'test', address: null }
    const silent = { ...client, messageAuthenticator: 'never-send' as const }
    await console.store.radiusClients.change(clientId, silent, nobody)
    expect((await row()).offers).toEqual([])
    await console.store.radiusClients.change(clientId, { ...client, version: client.version + 1 }, nobody)
  })

  test('is exported, without formulas', async () => {
    saw({})
    const { text } = await console.call('GET', '/api/reports/client-security.csv', { cookie: auditor })
    const [line] = parse(text, { bom: true, columns: true }) as unknown as Record<string, string>[]
    expect(line).toMatchObject({ 'RADIUS client': "'=VPN", Repeated: '2', Dropped: 'message-authenticator-invalid: 3' })
    const lines = await console.call('GET', '/api/reports/client-security.jsonl', { cookie: auditor })
    expect(JSON.parse(lines.text)).toEqual(await row())
  })

  test('enforces nothing that would lock the client out', async () => {
    saw({ signedInARow: 3 })
    const { version } = await row()
    expect((await enforce('require-message-authenticator', version)).status).toBe(400)
    expect(await row()).toMatchObject({ messageAuthenticator: 'auto', version })
  })

  test('enforces at once what is safe, in the audit trail, and keeps all else', async () => {
    saw({})
    const before = await row()
    console.notices.length = 0
    expect((await enforce('limit-proxy-state', before.version + 1)).status).toBe(409)
    const done = await enforce('require-message-authenticator', before.version)
    expect(done).toMatchObject({
      status: 200,
      body: { messageAuthenticator: 'require', offers: ['limit-proxy-state'] },
    })
    expect(console.notices).toEqual([{ topic: 'clients' }])
    const [kept] = await console.store.radiusClients.list()
    expect(kept).toMatchObject({ limitProxyState: false, applicationName: '=VPN', deviceTimeoutSeconds: 60 })
    expect(await console.store.radiusClients.forTest(clientId)).toMatchObject({ sharedSecret: 'a secret of this test' })
    const trail = await console.store.audit.list({ limit: 1 })
    expect(trail.rows[0]).toMatchObject({
      ...{ action: 'changed', subjectKind: 'radius-client', subjectId: clientId },
      ...{ before: { messageAuthenticator: 'auto' }, after: { messageAuthenticator: 'require' } },
    })
  })
})
