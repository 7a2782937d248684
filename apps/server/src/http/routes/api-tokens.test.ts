/** API tokens as a program uses them, and as somebody who found one would. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeEach(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
afterEach(() => console.close())

const draw = async (role = 'operator', expiresInDays = 30) => {
  const body = { name: 'nightly import', role, expiresInDays }
  const made = await console.call('POST', '/api/api-tokens', { cookie, body })
  return { token: String(made.body['token']), row: made.body['row'] as { id: string; prefix: string } }
}
const byToken = (token: string, method = 'GET', url = '/api/users', body?: object) =>
  console.app.inject({
    ...{ method: method as 'GET', url, remoteAddress: '192.0.2.66', headers: { authorization: `Bearer ${token}` } },
    ...(body === undefined ? {} : { payload: body }),
  })
const listed = async () => (await console.call('GET', '/api/api-tokens', { cookie })).body['rows']

describe('an API token', () => {
  test('is shown once, recognised by its beginning, and kept as a hash', async () => {
    const { token, row } = await draw()
    expect(token).toMatch(/^sallyport_[\w-]{43}$/)
    expect(token.startsWith(row.prefix)).toBe(true)
    const list = await console.call('GET', '/api/api-tokens', { cookie })
    expect(list.text).not.toContain(token)
    expect(list.body).toMatchObject({
      rows: [{ name: 'nightly import', role: 'operator', createdBy: 'administrator-0', lastUsedAt: null }],
    })
    expect(await console.store.apiTokens.find(token)).toBeNull()
  })

  test('works without cookie and without the console’s header, and is named in the audit trail', async () => {
    const { token } = await draw()
    const user = { username: 'ann', firstName: '', lastName: '', email: '', description: '', enabled: true }
    expect((await byToken(token, 'POST', '/api/users', user)).statusCode).toBe(200)
    expect((await console.store.audit.list({ limit: 1 })).rows).toMatchObject([
      { administrator: 'nightly import (API token)', action: 'created', subjectName: 'ann', address: '192.0.2.66' },
    ])
    expect(await listed()).toMatchObject([{ lastAddress: '192.0.2.66', lastUsedAt: console.now().toISOString() }])
  })

  test('is worth nothing once it has expired, or was revoked', async () => {
    const [short, long] = [await draw('operator', 1), await draw()]
    console.pass(24 * 3_600_000 - 1)
    expect((await byToken(short.token)).statusCode).toBe(200)
    console.pass(1)
    expect((await byToken(short.token)).statusCode).toBe(401)
    expect((await byToken(long.token)).statusCode).toBe(200)
    cookie = await console.signInAs('administrator')
    expect((await console.call('DELETE', `/api/api-tokens/${long.row.id}`, { cookie })).status).toBe(204)
    expect((await byToken(long.token)).statusCode).toBe(401)
  })

  test.each([
    ['is disabled', { role: 'administrator', enabled: false }],
    ['has another role', { role: 'operator', enabled: true }],
  ] as const)('is worth nothing while who drew it %s', async (_, changes) => {
    const { token } = await draw('auditor')
    const drawer = await console.store.administrators.byUsername('administrator-0')
    cookie = await console.signInAs('administrator')
    const server = { id: null, name: 'test', address: null }
    await console.store.administrators.change(drawer?.id ?? '', { ...changes, version: 1 }, server)
    expect((await byToken(token)).statusCode).toBe(401)
    expect(await listed()).toMatchObject([{ counts: false }])
    await console.store.administrators.change(
      drawer?.id ?? '',
      { role: 'administrator', enabled: true, version: 2 },
      server,
    )
    expect((await byToken(token)).statusCode).toBe(200)
  })

  test('goes with who drew it, and the audit trail says so', async () => {
    const { token } = await draw()
    const drawer = await console.store.administrators.byUsername('administrator-0')
    cookie = await console.signInAs('administrator')
    await console.store.administrators.remove(drawer?.id ?? '', 1, { id: null, name: 'test', address: null })
    expect((await byToken(token)).statusCode).toBe(401)
    expect(await listed()).toEqual([])
    expect((await console.store.audit.list({ limit: 2 })).rows).toMatchObject([
      { action: 'removed', subjectKind: 'administrator' },
      { action: 'removed', subjectKind: 'api-token', subjectName: 'nightly import' },
    ])
  })

  test('is guessed sixty times a minute at most from one network, and right ones from there go on working', async () => {
    const { token } = await draw()
    const guess = async () => (await byToken('sallyport_wrong')).statusCode
    for (let tries = 0; tries < 60; tries += 1) expect(await guess()).toBe(401)
    expect(await guess()).toBe(429)
    expect((await byToken(token)).statusCode).toBe(200)
    console.pass(60_000)
    expect(await guess()).toBe(401)
  })

  test('draws no other token and makes no administrator, were it an administrator’s', async () => {
    const { token } = await draw('administrator')
    for (const url of ['/api/api-tokens', '/api/administrators']) {
      expect((await byToken(token, 'POST', url, {})).json()).toMatchObject({ code: 'not-allowed' })
    }
  })

  test('is drawn and revoked by who proved a short while ago who they are', async () => {
    const { row } = await draw()
    console.pass(10 * 60_000)
    const answer = await console.call('DELETE', `/api/api-tokens/${row.id}`, { cookie })
    expect(answer.body).toMatchObject({ code: 'proof-needed' })
  })
})
