import { readFile } from 'node:fs/promises'
import { createCertificates } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
afterAll(() => console.close())

const https = {
  ...{ transport: 'https', url: 'https://siem.test/in', headerName: 'Authorization', layout: 'lines', gzip: true },
  caPem: null,
}
const receiver = (name: string, changes: Record<string, unknown> = {}) => ({
  ...{ name, enabled: true, signIns: true, questions: false, changes: true, accounting: false, configuration: https },
  ...changes,
})
const create = (body: object) => console.call('POST', '/api/log-receivers', { cookie, body })
const errors = (body: unknown) => (body as { errors: { path: string }[] }).errors.map(({ path }) => path)

test('a receiver is added, its secret shown to nobody, not even in the trail', async () => {
  const made = await create(receiver('one', { headerValue: 'Bearer hidden words' }))
  expect(made).toMatchObject({ status: 200, body: { name: 'one', hasHeaderValue: true, progress: null } })
  const auditor = await console.signInAs('auditor')
  const list = await console.call('GET', '/api/log-receivers', { cookie: auditor })
  expect(list.body).toMatchObject({ rows: [{ name: 'one', configuration: https }], limit: 1000 })
  const changes = await console.call('GET', '/api/reports/changes', { cookie })
  for (const { text } of [made, list, changes]) expect(text).not.toContain('hidden words')
})

test('a stored secret goes to no other server, under no other name, and by nobody else’s word', async () => {
  const { body } = await create(receiver('two', { headerValue: 'Bearer x' }))
  const change = (configuration: object, version: number) =>
    console.call('PUT', `/api/log-receivers/${String(body['id'])}`, {
      cookie,
      body: receiver('two', { configuration: { ...https, ...configuration }, version }),
    })
  const { caPem } = await certificates()
  for (const moved of [{ url: 'https://elsewhere.test/in' }, { headerName: 'X-Key' }, { caPem }]) {
    const refused = await change(moved, 1)
    expect(refused.status).toBe(400)
    expect(errors(refused.body)).toEqual(['headerValue'])
  }
  expect(await change({ url: 'https://siem.test/other' }, 1)).toMatchObject({
    status: 200,
    body: { hasHeaderValue: true },
  })
  expect(await change({ headerName: null }, 2)).toMatchObject({ status: 200, body: { hasHeaderValue: false } })
})

test('a syslog server is added by its name or address', async () => {
  for (const [transport, host] of [
    ['udp', '192.0.2.7'],
    ['tcp', 'siem.test'],
  ]) {
    const configuration = { transport, host, port: 514, format: 'json', facility: 'authpriv' }
    const made = await create(receiver(`syslog by ${String(transport)}`, { configuration }))
    expect(made).toMatchObject({ status: 200, body: { configuration } })
  }
})

test('each thing that is missing is named beside its field', async () => {
  const syslog = { transport: 'tls', host: 'siem.test', port: 6514, format: 'json', facility: 'authpriv' }
  const pem = { caPem: null, certificatePem: null }
  const wrong: readonly [object, string][] = [
    [receiver('x'), 'headerValue'],
    [receiver('x', { configuration: { ...https, headerName: null }, headerValue: 'v' }), 'configuration.headerName'],
    [receiver('x', { configuration: { ...https, url: 'http://siem.test' } }), 'configuration.url'],
    [receiver('x', { configuration: { ...https, url: 'https://a:b@siem.test' } }), 'configuration.url'],
    [receiver('x', { configuration: { ...https, headerName: 'Host' } }), 'configuration.headerName'],
    [receiver('x', { headerValue: 'a\r\nX-Other: b' }), 'headerValue'],
    [receiver('x', { configuration: { ...syslog, ...pem, caPem: 'no' } }), 'configuration.caPem'],
    [receiver('x', { configuration: { ...syslog, ...pem, certificatePem: 'no' } }), 'configuration.certificatePem'],
    [receiver('x', { configuration: { ...syslog, ...pem }, signIns: false, changes: false }), 'signIns'],
    [receiver('x', { configuration: { ...syslog, ...pem, host: 'a b' } }), 'configuration.host'],
    [receiver('one', { headerValue: 'v' }), 'name'],
  ]
  for (const [body, path] of wrong) expect(errors((await create(body)).body)).toEqual([path])
})

test('a private key must be the certificate’s', async () => {
  const { certificatePem, otherKey } = await certificates()
  const configuration = {
    ...{ transport: 'tls', host: 'siem.test', port: 6514, format: 'cef', facility: 'local0' },
    ...{ caPem: null, certificatePem },
  }
  expect(errors((await create(receiver('three', { configuration }))).body)).toEqual(['privateKey'])
  expect(errors((await create(receiver('three', { configuration, privateKey: otherKey }))).body)).toEqual([
    'privateKey',
  ])
})

test('a test is written down before it is made', async () => {
  const { body } = await create(receiver('four', { headerValue: 'v' }))
  const answer = await console.call('POST', `/api/log-receivers/${String(body['id'])}/test`, { cookie })
  // The console of this test has no thread that sends.
  expect(answer.status).toBe(503)
  expect((await console.store.audit.list({ limit: 1 })).rows[0]).toMatchObject({
    ...{ action: 'tested', subjectKind: 'log-receiver', subjectName: 'four' },
  })
})

async function certificates() {
  const made = await createCertificates()
  try {
    return {
      caPem: made.caPem,
      certificatePem: await readFile(made.client.certificate, 'utf8'),
      otherKey: await readFile(made.server.key, 'utf8'),
    }
  } finally {
    await made.remove()
  }
}
