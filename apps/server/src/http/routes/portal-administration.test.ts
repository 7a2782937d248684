import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
afterAll(() => console.close())

const settings = '/api/portal-settings'

test('until somebody says otherwise, nobody enrols on a password alone', async () => {
  expect((await console.call('GET', settings, { cookie })).body).toMatchObject({
    enrolFirst: false,
    methods: ['mobile-app', 'software-token', 'hardware-token'],
    url: 'https://mfa.example.com',
    version: 1,
  })
})

test('administrators change the settings, and the audit trail tells what', async () => {
  const chosen = { phonePrefixes: ['+49'], chooseOrder: true, chooseModes: false, ownBypassSeconds: 0 }
  const body = { enrolFirst: true, methods: ['hardware-token'], ...chosen, version: 1 }
  const operator = await console.signInAs('operator')
  expect((await console.call('PUT', settings, { cookie: operator, body })).status).toBe(403)
  const saved = await console.call('PUT', settings, { cookie, body })
  expect(saved.body).toMatchObject({ enrolFirst: true, version: 2 })
  const { rows } = await console.store.audit.list({ limit: 1 })
  expect(rows[0]).toMatchObject({
    ...{ action: 'changed', subjectKind: 'portal-settings' },
    after: { enrolFirst: true, methods: ['hardware-token'], phonePrefixes: ['+49'] },
  })
  expect((await console.call('PUT', settings, { cookie, body })).body).toMatchObject({ code: 'changed-meanwhile' })
  const twice = { ...body, methods: ['hardware-token', 'hardware-token'], version: 2 }
  expect((await console.call('PUT', settings, { cookie, body: twice })).body).toMatchObject({
    errors: [{ path: 'methods' }],
  })
  const unknown = { ...body, methods: ['telepathy'], version: 2 }
  expect((await console.call('PUT', settings, { cookie, body: unknown })).status).toBe(400)
})

test('an enrolment link is made by the help desk, works once, and takes the place of the one before', async () => {
  const ann = { username: 'ann', firstName: '', lastName: '', email: '', description: '', enabled: true }
  const id = String((await console.call('POST', '/api/users', { cookie, body: ann })).body['id'])
  const path = `/api/users/${id}/enrolment-link`
  const auditor = await console.signInAs('auditor')
  expect((await console.call('POST', path, { cookie: auditor })).status).toBe(403)
  const operator = await console.signInAs('operator')
  const first = await console.call('POST', path, { cookie: operator })
  const second = await console.call('POST', path, { cookie: operator })
  expect(second.body['expiresAt']).toBe(new Date(console.now().getTime() + 24 * 3600_000).toISOString())
  const [before = '', token = ''] = [first, second].map(({ body }) => String(body['url']).split('/enrol#')[1])
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
  expect(await console.store.enrolmentLinks.spend(hashOf(before), '127.0.0.1')).toBeNull()
  expect(await console.store.enrolmentLinks.spend(hashOf(token), '127.0.0.1')).toMatchObject({ username: 'ann' })
  expect(await console.store.enrolmentLinks.spend(hashOf(token), '127.0.0.1')).toBeNull()
  const trail = JSON.stringify((await console.store.audit.list({ limit: 50 })).rows)
  expect(trail).toContain('enrolment-link')
  expect(trail).not.toContain(token)
  const nobody = path.replace(id, '00000000-0000-4000-8000-000000000000')
  expect((await console.call('POST', nobody, { cookie: operator })).status).toBe(404)
})
