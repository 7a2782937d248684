import { afterAll, beforeAll, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
afterAll(() => console.close())

const url = '/api/radius/reply-rules'
const fields = { clientId: null, groupName: 'vpn', operation: 'add', attribute: 'Filter-Id', tag: 0, enabled: true }
const create = (body: object) => console.call('POST', url, { cookie, body: { ...fields, ...body } })

test('a rule is added at the end, moved, changed and removed, each in force at once', async () => {
  const first = await create({ value: 'one' })
  const second = await create({ value: 'two' })
  expect(second.body).toMatchObject({ ...fields, value: 'two', version: 1 })
  const moved = await console.call('PUT', `${url}/${String(second.body['id'])}/position`, {
    cookie,
    body: { direction: 'up', version: 1 },
  })
  expect(moved.body).toMatchObject({ value: 'two', version: 2 })
  const list = await console.call('GET', url, { cookie })
  expect(list.body['rows']).toMatchObject([{ value: 'two' }, { value: 'one' }])
  const changed = await console.call('PUT', `${url}/${String(first.body['id'])}`, {
    cookie,
    body: { ...fields, groupName: '', version: 1 },
  })
  expect(changed.body).toMatchObject({ groupName: '', value: 'one', version: 2 })
  for (const { body } of [moved, changed]) {
    const gone = await console.call('DELETE', `${url}/${String(body['id'])}?version=2`, { cookie })
    expect(gone.status).toBe(204)
  }
  expect(console.notices).toEqual(Array.from({ length: 6 }, () => ({ topic: 'reply-rules' })))
})

test.each([
  ['attribute', { attribute: 'State', value: 'x' }, /no attribute that can be put/],
  ['attribute', { attribute: 'Nonsense', value: 'x' }, /no attribute/],
  ['value', { attribute: 'Service-Type', value: 'Nonsense' }, /Login-User or Framed-User/],
  ['value', { attribute: 'Framed-IP-Address', value: '1.2.3' }, /192\.0\.2\.1/],
  ['value', { value: '' }, /Enter a value/],
  ['tag', { value: 'x', tag: 4 }, /has no tag/],
  ['clientId', { value: 'x', clientId: '00000000-0000-4000-8000-000000000001' }, /does not exist/],
])('a wrong %s is said beside its field', async (path, body, message) => {
  const answer = await create(body)
  expect(answer.body).toMatchObject({
    code: 'invalid-input',
    errors: [{ path, message: expect.stringMatching(message) as unknown }],
  })
})

test('a secret value is never shown, and has to be typed again when its attribute changes', async () => {
  const made = await create({ attribute: 'Tunnel-Password', tag: 1, value: 'never to be seen' })
  expect(made.body).toMatchObject({ value: null })
  const { id } = made.body
  const body = { ...fields, value: undefined, version: 1 }
  const refused = await console.call('PUT', `${url}/${String(id)}`, { cookie, body })
  expect(refused.body).toMatchObject({ errors: [{ path: 'value' }] })
  const kept = await console.call('PUT', `${url}/${String(id)}`, {
    cookie,
    body: { ...body, attribute: 'Tunnel-Password', tag: 1, enabled: false },
  })
  expect(kept.body).toMatchObject({ value: null, enabled: false })
  const trail = await console.call('GET', '/api/reports/changes', { cookie })
  for (const { text } of [made, refused, kept, trail]) expect(text).not.toContain('never to be seen')
})

test('the attributes come with their source, type and names', async () => {
  const { body } = await console.call('GET', '/api/radius/reply-attributes', { cookie })
  expect(body['rows']).toContainEqual({
    ...{ name: 'Mikrotik-Group', source: 'MikroTik', dataType: 'text', tagged: false, hidden: false, values: [] },
  })
})

test('an auditor reads the rules and changes none', async () => {
  const auditor = await console.signInAs('auditor')
  expect((await console.call('GET', url, { cookie: auditor })).status).toBe(200)
  const body = { ...fields, value: 'x' }
  expect((await console.call('POST', url, { cookie: auditor, body })).status).toBe(403)
})
