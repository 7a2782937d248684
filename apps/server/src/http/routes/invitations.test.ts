import { afterAll, beforeAll, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
afterAll(() => console.close())

async function user(username: string, email: string): Promise<string> {
  const body = { username, firstName: '', lastName: '', email, description: '', enabled: true }
  return String((await console.call('POST', '/api/users', { cookie, body })).body['id'])
}
const pathOf = (id: string) => `/api/users/${id}/invitation`

test('without a mail gateway nobody is invited, and the answer says so; then only who has an address', async () => {
  const [ann, bert] = [await user('ann', 'ann@example.com'), await user('bert', '')]
  expect((await console.call('GET', pathOf(ann), { cookie })).body).toEqual({
    invitation: null,
    hindrance: 'no-gateway',
  })
  expect((await console.call('POST', pathOf(ann), { cookie })).body).toMatchObject({
    detail: 'No mail gateway is enabled.',
  })
  const configuration = {
    ...({ type: 'smtp', host: '127.0.0.1', port: 9, security: 'none', caPem: null, username: '' } as const),
    ...{ from: 'mfa@example.com', fromName: '', timeoutSeconds: 2 },
  }
  const actor = { id: null, name: 'test', address: null }
  await console.store.gateways.create({ name: 'Mail', enabled: true, configuration }, actor)
  expect((await console.call('GET', pathOf(bert), { cookie })).body).toMatchObject({ hindrance: 'no-address' })
  expect((await console.call('POST', pathOf(bert), { cookie })).status).toBe(400)
})

test('the help desk invites, an auditor reads what became of it, and nobody does without a session', async () => {
  const id = await user('carl', 'carl@example.com')
  const [operator, auditor] = [await console.signInAs('operator'), await console.signInAs('auditor')]
  expect((await console.call('GET', pathOf(id))).status).toBe(401)
  expect((await console.call('POST', pathOf(id))).status).toBe(401)
  expect((await console.call('POST', pathOf(id), { cookie: auditor })).status).toBe(403)
  const sent = await console.call('POST', pathOf(id), { cookie: operator })
  expect(sent.body).toMatchObject({ invitation: { state: 'waiting', address: '' }, hindrance: 'under-way' })
  expect((await console.call('POST', pathOf(id), { cookie })).status).toBe(400)
  expect((await console.call('GET', pathOf(id), { cookie: auditor })).body).toEqual(sent.body)
  const { rows } = await console.store.audit.list({ limit: 1 })
  expect(rows[0]).toMatchObject({ action: 'invited', subjectKind: 'user', subjectName: 'carl' })
})

test('a user who is not there, or cannot be, is not found', async () => {
  for (const [id, status] of [
    ['00000000-0000-4000-8000-000000000000', 404],
    ['x', 400],
  ] as const) {
    expect((await console.call('GET', pathOf(id), { cookie })).status).toBe(status)
    expect((await console.call('POST', pathOf(id), { cookie })).status).toBe(status)
  }
})
