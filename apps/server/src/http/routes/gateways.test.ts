import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startWebGateway, type WebGateway } from '../../delivery/test/web-gateway.ts'
import { startConsole, type TestConsole } from '../test/console.ts'

let site: TestConsole
let cookie: string
let server: WebGateway
const secret = 'the gateway’s token'

beforeEach(async () => {
  site = await startConsole()
  cookie = await site.signInAs('administrator')
  server = await startWebGateway((response, { headers }) =>
    response.end(`{"id": 7, "echo": "${String(headers.authorization)}"}`),
  )
})
afterEach(async () => {
  await site.close()
  await server.close()
})

const token = 'abcdefghijklmnop'

function http(more: object = {}, fields: object = {}) {
  const configuration = {
    ...{ type: 'http-sms', method: 'POST', url: `${server.url}/send`, headers: [], bodyFormat: 'json' },
    ...{ body: '{"to": "{{to}}", "text": "{{text}}"}', sender: '', authentication: 'bearer', username: '' },
    ...{
      successText: '',
      referenceField: 'id',
      caPem: null,
      timeoutSeconds: 5,
      callbackUrl: null,
      callbackProof: 'hmac',
    },
    ...{ receiptReferenceField: '', receiptStateField: '', deliveredStates: '', failedStates: '' },
    ...{ replyFromField: '', replyToField: '', replyTextField: '', ...more },
  }
  return { name: 'Web', enabled: true, configuration, secret: token, ...fields }
}

const call = (method: string, path: string, body?: unknown, as = cookie) =>
  site.call(method, `/api/gateways${path}`, { cookie: as, ...(body === undefined ? {} : { body }) })

async function added(more: object = {}, fields: object = {}): Promise<string> {
  const answer = await call('POST', '', http(more, fields))
  expect(answer.status).toBe(200)
  return String(answer.body['id'])
}

describe('gateways', () => {
  it('are added, listed, changed, moved and removed, and never show their secrets', async () => {
    const id = await added()
    await added({}, { name: 'Second' })
    const list = await call('GET', '')
    expect(list.body).toMatchObject({ rows: [{ name: 'Web', kind: 'sms', place: 1, hasSecret: true }, { place: 2 }] })
    expect(list.text).not.toContain(token)
    const renamed = await call('PUT', `/${id}`, { ...http(), name: 'Renamed', secret: undefined, version: 1 })
    expect(renamed.body).toMatchObject({ name: 'Renamed', hasSecret: true, version: 2, health: { state: 'unknown' } })
    expect((await call('POST', `/${id}/move`, { direction: 'down' })).body).toMatchObject({
      rows: [{ name: 'Second' }, { name: 'Renamed' }],
    })
    expect((await call('DELETE', `/${id}?version=2`)).status).toBe(204)
  })

  it.each([
    {
      ...{ type: 'smpp', host: 'sms.example', port: 2775, tls: true, caPem: null, systemId: 'us', systemType: '' },
      ...{ sender: 'VPN', defaultAlphabet: 'gsm', receipts: true, window: 10, enquireSeconds: 30, timeoutSeconds: 5 },
    },
    {
      ...{
        type: 'twilio-voice',
        accountSid: `AC${'0'.repeat(32)}`,
        apiUrl: 'https://api.twilio.com',
        timeoutSeconds: 5,
      },
      ...{ caller: '+15005550006', callbackUrl: 'https://login.example.com', ringSeconds: 20 },
    },
    {
      ...{ type: 'smtp', host: 'mail.example', port: 587, security: 'starttls', caPem: null, username: 'vpn' },
      ...{ from: 'vpn@example.com', fromName: '', timeoutSeconds: 10 },
    },
  ])('of the type $type come back as they were sent', async (configuration) => {
    const sent = { name: 'Other', enabled: false, configuration, secret: token }
    expect((await call('POST', '', sent)).body).toMatchObject({ configuration, hasSecret: true, health: null })
  })

  it('belong to administrators, and are seen by every role', async () => {
    const id = await added()
    for (const role of ['operator', 'auditor'] as const) {
      const other = await site.signInAs(role)
      expect((await call('GET', '', undefined, other)).status).toBe(200)
      expect((await call('POST', '', http(), other)).status).toBe(403)
      expect((await call('POST', `/${id}/test`, { to: '+4930123456' }, other)).status).toBe(403)
    }
  })

  it.each([
    [{ bodyFormat: 'json', body: '{"to": {{to}}, "text": "{{text}}"}' }, 'configuration.body'],
    [{ url: 'https://{{to}}.example/' }, 'configuration.url'],
    [{ url: 'https://user:pass@example.com/' }, 'configuration.url'],
    [{ url: 'file:///etc/passwd' }, 'configuration.url'],
    [{ url: 'https://example.com/{{text}}' }, 'configuration.url'],
    [{ body: '{"text": "{{text}}"}' }, 'configuration.url'],
    [{ headers: [{ name: 'X-A\r\nB', value: '' }] }, 'configuration.headers.0.name'],
    [{ headers: [{ name: 'Host', value: 'x' }] }, 'configuration.headers.0.name'],
    [{ headers: [{ name: 'X', value: 'a\r\nb' }] }, 'configuration.headers.0.value'],
    [{ caPem: 'no certificate' }, 'configuration.caPem'],
    [{ callbackUrl: 'http://login.example.com' }, 'configuration.callbackUrl', { callbackSecret: 'sixteen or more.' }],
    [{ callbackUrl: 'https://login.example.com' }, 'callbackSecret'],
  ])(
    'that could not work or could be abused are refused at their field: %j',
    async (more, path, fields: object = {}) => {
      const answer = await call('POST', '', http(more, fields))
      expect(answer.status).toBe(400)
      expect(answer.body).toMatchObject({ errors: [{ path }] })
    },
  )

  it('want their secret again before it goes to another address', async () => {
    const id = await added()
    const moved = { ...http({ url: 'https://elsewhere.example/' }), secret: undefined, version: 1 }
    expect((await call('PUT', `/${id}`, moved)).body).toMatchObject({ errors: [{ path: 'secret' }] })
    // Nor by a detour over settings that need none.
    const without = { ...moved, configuration: { ...moved.configuration, authentication: 'none' } }
    expect((await call('PUT', `/${id}`, without)).body).toMatchObject({ hasSecret: false, version: 2 })
    const back = { ...moved, version: 2 }
    expect((await call('PUT', `/${id}`, back)).body).toMatchObject({ errors: [{ path: 'secret' }] })
    expect((await call('PUT', `/${id}`, { ...back, secret: 'another' })).status).toBe(200)
  })

  it('with a password do not send it in the clear', async () => {
    const configuration = {
      ...{ type: 'smtp', host: 'mail.example', port: 25, security: 'none', caPem: null, username: 'vpn' },
      ...{ from: 'vpn@example.com', fromName: '', timeoutSeconds: 10 },
    }
    const answer = await call('POST', '', { name: 'Mail', enabled: true, configuration, secret })
    expect(answer.body).toMatchObject({ errors: [{ path: 'configuration.security' }] })
  })
})

describe('the test of a gateway', () => {
  it('sends a real message, shows what the gateway said without our secret, and is in the audit trail', async () => {
    const id = await added()
    const answer = await call('POST', `/${id}/test`, { to: '+49 30 123456' })
    expect(answer.body).toMatchObject({
      ok: true,
      steps: [
        { server: 'Web', step: 'send', ok: true, message: 'The gateway took it, and calls it 7.' },
        { step: 'gateway-said', message: '200 {"id": 7, "echo": "Bearer …"}' },
      ],
    })
    expect(JSON.parse(server.asked[0]?.body ?? '')).toMatchObject({ to: '+4930123456' })
    expect((await site.store.audit.list({ limit: 1 })).rows[0]).toMatchObject({ action: 'tested', subjectName: 'Web' })
    expect((await call('GET', '')).body).toMatchObject({ rows: [{ health: { state: 'up' } }] })
  })

  it('goes to nobody who cannot be reached, and through no gateway that is disabled', async () => {
    const id = await added({}, { enabled: false })
    expect((await call('POST', `/${id}/test`, { to: '030 123' })).body).toMatchObject({ errors: [{ path: 'to' }] })
    expect((await call('POST', `/${id}/test`, { to: '+4930123456' })).status).toBe(409)
    expect(server.asked).toEqual([])
  })

  it('is not for flooding', async () => {
    const id = await added()
    const test = () => call('POST', `/${id}/test`, { to: '+4930123456' })
    for (let sent = 0; sent < 20; sent++) expect((await test()).status).toBe(200)
    expect(await test()).toMatchObject({ status: 429 })
    expect(server.asked).toHaveLength(20)
  })
})
