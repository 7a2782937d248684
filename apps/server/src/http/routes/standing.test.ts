import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
beforeEach(() => {
  console.notices.length = 0
})
afterAll(() => console.close())

const rule = { clientId: null, scope: 'application', methods: ['oath'], seconds: 600, enabled: true }
const network = {
  name: 'Office',
  clientId: null,
  attribute: 'Calling-Station-Id',
  addresses: '192.0.2.0/24',
  enabled: true,
}
const post = (url: string, body: object, as = cookie) => console.call('POST', url, { cookie: as, body })

test('caching rules are added, moved, changed and removed, each in force at once', async () => {
  const url = '/api/cache-rules'
  const first = await post(url, rule)
  const second = await post(url, { ...rule, scope: 'user' })
  const moved = await console.call('PUT', `${url}/${String(second.body['id'])}/position`, {
    cookie,
    body: { direction: 'up' },
  })
  // What a rule remembers does not depend on its place: its version stays.
  expect(moved.body).toMatchObject({ scope: 'user', version: 1 })
  expect((await console.call('GET', url, { cookie })).body['rows']).toMatchObject([
    { scope: 'user' },
    { scope: 'application' },
  ])
  const changed = await console.call('PUT', `${url}/${String(first.body['id'])}`, {
    cookie,
    body: { ...rule, seconds: 0, version: 1 },
  })
  expect(changed.body).toMatchObject({ seconds: 0, version: 2 })
  expect((await console.call('DELETE', `${url}/${String(first.body['id'])}?version=2`, { cookie })).status).toBe(204)
  expect(console.notices).toEqual(Array.from({ length: 5 }, () => ({ topic: 'standing' })))
})

test('trusted networks are added, changed and removed, each in force at once, and come with the attributes to choose from', async () => {
  const url = '/api/trusted-networks'
  const made = await post(url, { ...network, addresses: ' 192.0.2.10 - 192.0.2.20 ' })
  expect(made.body).toMatchObject({ addresses: '192.0.2.10-192.0.2.20', version: 1 })
  const id = String(made.body['id'])
  const changed = await console.call('PUT', `${url}/${id}`, {
    cookie,
    body: { ...network, addresses: '2001:DB8::/32', version: 1 },
  })
  expect(changed.body).toMatchObject({ addresses: '2001:db8::/32', version: 2 })
  const list = await console.call('GET', url, { cookie })
  expect(list.body['rows']).toMatchObject([{ name: 'Office' }])
  expect((list.body['attributes'] as string[])[0]).toBe('Calling-Station-Id')
  expect(list.body['attributes']).not.toContain('User-Password')
  expect((await console.call('DELETE', `${url}/${id}?version=2`, { cookie })).status).toBe(204)
  expect(console.notices).toEqual(Array.from({ length: 3 }, () => ({ topic: 'standing' })))
})

const nobody = '00000000-0000-4000-8000-000000000001'
test.each([
  ['/api/cache-rules', rule, 'methods', { methods: [] }],
  ['/api/cache-rules', rule, 'seconds', { seconds: 2_592_001 }],
  ['/api/cache-rules', rule, 'clientId', { clientId: nobody }],
  ['/api/trusted-networks', network, 'name', { name: '' }],
  ['/api/trusted-networks', network, 'attribute', { attribute: 'User-Password' }],
  ['/api/trusted-networks', network, 'addresses', { addresses: '0.0.0.0/0' }],
  ['/api/trusted-networks', network, 'addresses', { addresses: '192.0.2.20-192.0.2.10' }],
  ['/api/trusted-networks', network, 'addresses', { addresses: '192.0.2.1-2001:db8::1' }],
  ['/api/trusted-networks', network, 'addresses', { addresses: 'the office' }],
  ['/api/trusted-networks', network, 'clientId', { clientId: nobody }],
])('%s: a wrong %s is said beside its field', async (url, fields, path, changes) => {
  expect((await post(url, { ...fields, ...changes })).body).toMatchObject({ code: 'invalid-input', errors: [{ path }] })
})

test.each(['operator', 'auditor'] as const)('an %s reads both and changes none', async (role) => {
  const as = await console.signInAs(role)
  for (const [url, body] of [
    ['/api/cache-rules', rule],
    ['/api/trusted-networks', network],
  ] as const) {
    expect((await console.call('GET', url, { cookie: as })).status).toBe(200)
    expect((await post(url, body, as)).status).toBe(403)
  }
})
