import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from './test/console.ts'

let console: TestConsole
let folder: string
let cookie: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-built-'))
  const consoleDir = join(folder, 'console')
  await mkdir(join(consoleDir, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'outside')
  await writeFile(join(consoleDir, 'index.html'), '<!doctype html><title>Sallyport</title>')
  await writeFile(join(consoleDir, 'assets', 'index-4f2a.js'), 'export {}')
  console = await startConsole({ consoleDir })
  cookie = await console.signInAs('administrator')
})
afterAll(async () => {
  await console.close()
  await rm(folder, { recursive: true })
})

describe('the defence against cross-site requests', () => {
  const send = (headers: Record<string, string>, method = 'POST') =>
    console.app.inject({ method: method as 'POST', url: '/api/session', headers: { host: 'console.test', ...headers } })
  const ours = { 'x-sallyport-request': 'console' }

  test.each([
    ['without our header', {}],
    ['with another value in our header', { 'x-sallyport-request': 'other' }],
    ['from another origin', { ...ours, origin: 'http://evil.test' }],
    ['from another port of this host', { ...ours, origin: 'http://console.test:8080' }],
    ['from this host by another scheme', { ...ours, origin: 'https://console.test' }],
    ['from nowhere in particular', { ...ours, origin: 'null' }],
    ['from another site', { ...ours, 'sec-fetch-site': 'cross-site' }],
    ['from a sibling of this site', { ...ours, 'sec-fetch-site': 'same-site' }],
    ['as a form', { ...ours, 'content-type': 'application/x-www-form-urlencoded' }],
    ['as text', { ...ours, 'content-type': 'text/plain' }],
    ['as something like JSON', { ...ours, 'content-type': 'application/jsonp' }],
  ])('refuses a change %s', async (_, headers) => {
    for (const method of ['POST', 'DELETE']) {
      const answer = await send(headers, method)
      expect(answer.statusCode).toBe(403)
      expect(answer.json()).toMatchObject({ code: 'cross-site-request' })
    }
  })

  test.each([
    ['from its own origin', { origin: 'http://console.test', 'sec-fetch-site': 'same-origin' }],
    ['from a script that says nothing of its origin', {}],
  ])('lets a change pass %s', async (_, headers) => {
    const answer = await send({ ...ours, 'content-type': 'application/json; charset=utf-8', ...headers })
    expect(answer.json()).toMatchObject({ code: 'invalid-input' })
  })
})

describe('the headers', () => {
  test('allow scripts of this origin only, no frames, and no keeping of answers', async () => {
    const { headers } = await console.call('GET', '/api/setup')
    expect(headers['content-security-policy']).toBe(
      "default-src 'self';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;connect-src 'self';" +
        "object-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'self'",
    )
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    })
    expect(headers['strict-transport-security']).toBeUndefined()
  })
})

describe('what cannot be answered', () => {
  test.each([
    ['an unknown address', 'GET', '/api/nothing', {}, 404, 'not-found'],
    ['an unknown method', 'PUT', '/api/session', {}, 404, 'not-found'],
    ['no JSON', 'POST', '/api/session', { body: '{"username":' }, 400, 'invalid-input'],
    ['a poisoned prototype', 'POST', '/api/session', { body: '{"__proto__":{"a":1}}' }, 400, 'invalid-input'],
    ['too large a body', 'POST', '/api/session', { body: `"${'x'.repeat(300_000)}"` }, 413, 'invalid-input'],
  ])('%s is a problem document', async (_, method, url, options, status, code) => {
    const answer = await console.call(method, url, { headers: { 'content-type': 'application/json' }, ...options })
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ type: 'about:blank', status, code })
  })

  test('a body too large is not read before it is known who sends it', async () => {
    const { body: begun } = await console.call('POST', '/api/user-imports', { cookie, body: { fileName: 'a.csv' } })
    const url = `/api/user-imports/${String(begun['id'])}/file`
    const body = Buffer.from(`username\n${'x\n'.repeat(500_000)}`)
    const options = { body, headers: { 'content-type': 'application/octet-stream' } }
    expect((await console.call('POST', url, options)).status).toBe(401)
    expect((await console.call('POST', url, { ...options, cookie })).status).toBe(200)
  })

  test('a broken store is an internal error that names the request and nothing else', async () => {
    const broken = await startConsole()
    const theirs = await broken.signInAs('auditor')
    await broken.store.close()
    broken.store.sessions.find = () => Promise.reject(new Error('SQLITE_IOERR: /var/lib/secret.db'))
    const answer = await broken.call('GET', '/api/users', { cookie: theirs })
    expect(answer.status).toBe(500)
    expect(answer.text).not.toMatch(/SQLITE|secret/)
    expect(answer.body['detail']).toMatch(/under request [\da-f-]{36}\.$/)
    await broken.close()
  })
})

describe('the API’s own description', () => {
  test('is for whoever is signed in', async () => {
    for (const url of ['/api/openapi.json', '/api/docs', '/api/docs/static/swagger-ui-bundle.js']) {
      expect((await console.call('GET', url)).status).toBe(401)
    }
  })

  test('is a page whose every asset is there, under the same policy as the console', async () => {
    const page = await console.call('GET', '/api/docs/', { cookie })
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toContain("script-src 'self';")
    expect(page.text).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/)
    const assets = [...page.text.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => path ?? '')
    expect(assets.length).toBeGreaterThan(4)
    for (const path of assets) {
      expect([path, (await console.call('GET', `/api/docs/${path}`, { cookie })).status]).toEqual([path, 200])
    }
  })

  test('names every endpoint with its inputs, and keeps no secret from being asked for', async () => {
    const { body } = await console.call('GET', '/api/openapi.json', { cookie })
    expect(body).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/api/users/{id}': { put: { requestBody: {}, security: [{ session: [] }, { token: [] }] } },
        '/api/session': { post: { security: [] }, delete: { responses: { '204': {} } } },
        '/api/reports/sign-ins.csv': { get: { responses: { '200': { content: { 'text/csv': {} } } } } },
      },
    })
  })
})

describe('the built console', () => {
  test.each(['/', '/users?search=a', '/reports/sign-ins/some-id'])('%s is the page, fresh every time', async (url) => {
    const answer = await console.call('GET', url)
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('<title>Sallyport</title>')
    expect(answer.headers['cache-control']).toBe('no-cache')
  })

  test('assets under hashed names are kept for good', async () => {
    const { headers } = await console.call('GET', '/assets/index-4f2a.js')
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  test.each(['/assets/gone.js', '/api/gone'])('%s is not the page: what asks for it could not use one', async (url) => {
    expect((await console.call('GET', url)).status).toBe(404)
  })

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
  ])('%s leads to nothing outside', async (url) => {
    expect((await console.call('GET', url)).text).not.toContain('outside')
  })
})

test('what needs no session can be asked three hundred times a minute and no more', async () => {
  const asked = await startConsole()
  const statuses = new Map<number, number>()
  for (let times = 0; times < 305; times += 1) {
    const { status } = await asked.call('GET', '/api/setup', { address: '192.0.2.80' })
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  expect(Object.fromEntries(statuses)).toEqual({ 200: 300, 429: 5 })
  const refused = await asked.call('GET', '/api/setup', { address: '192.0.2.80' })
  expect(refused.body).toMatchObject({ status: 429, code: 'too-many-requests' })
  expect(refused.headers['content-type']).toMatch(/problem/)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await asked.call('GET', '/api/setup', { address: '192.0.2.81' })).status).toBe(200)
  await asked.close()
})

describe('behind a proxy', () => {
  test('the address is what the nearest proxy says, not what the caller said before', async () => {
    const proxied = await startConsole({ trustProxy: true, secureCookies: true })
    const code = proxied.setUpCode.current()
    const headers = { 'x-forwarded-for': '203.0.113.66, 192.0.2.9', 'x-forwarded-proto': 'https' }
    const body = { code, username: 'first', password: 'four plain words here' }
    expect((await proxied.call('POST', '/api/setup', { body, headers })).status).toBe(200)
    const { rows } = await proxied.store.audit.list({ limit: 2 })
    expect(rows.map(({ address }) => address)).toEqual(['192.0.2.9', '192.0.2.9'])
    await proxied.close()
  })
})
