import { companySettings } from '@sallyport/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'
import { checkedUsers, takenUsers } from '../test/user-files.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('operator')
})
beforeEach(() => {
  console.notices.length = 0
})
afterAll(() => console.close())

let users = 0
async function person(): Promise<string> {
  const body = { username: `person${++users}`, firstName: '', lastName: '', email: '', description: '', enabled: true }
  const { body: made } = await console.call('POST', '/api/users', { cookie, body })
  console.notices.length = 0
  return String(made['id'])
}
const call = (method: string, path: string, body?: object, as = cookie) =>
  console.call(method, path.startsWith('../') ? `/api/${path.slice(3)}` : `/api/users/${path}`, {
    cookie: as,
    ...(body && { body }),
  })

const factors = {
  ...{
    factorMethods: ['text', 'oath'],
    phone: '+49 (30) 90-1820',
    phoneExtension: '',
    backupPhone: '',
    backupExtension: '',
  },
  ...{ callMode: null, textMode: 'two-way', textWithPin: null, appMode: null, language: 'de' },
}

describe('how a user is asked', () => {
  test('is saved, in force, in the audit trail, and says what is missing', async () => {
    const id = await person()
    const saved = await call('PUT', `${id}/factors`, { ...factors, version: 1 })
    expect(saved.body).toMatchObject({
      factors: { ...factors, phone: '+4930901820' },
      next: { kind: 'asked', methods: ['text'] },
      missing: [{ method: 'oath', what: 'no-token' }],
      version: 2,
    })
    expect(console.notices).toEqual([{ topic: 'users', ids: [id] }])
    expect((await call('PUT', `${id}/factors`, { ...factors, version: 1 })).body).toMatchObject({
      code: 'changed-meanwhile',
    })
  })

  test.each([
    ['phone', { phone: '030 901820' }],
    ['backupPhone', { backupPhone: '+1' }],
    ['phoneExtension', { phoneExtension: 'ext 5' }],
    ['language', { language: 'german' }],
    ['factorMethods', { factorMethods: ['oath', 'oath'] }],
    ['callMode', { callMode: 'none' }],
  ])('a wrong %s is said beside its field', async (path, changes) => {
    const answer = await call('PUT', `${await person()}/factors`, { ...factors, ...changes, version: 1 })
    expect(answer.body).toMatchObject({ code: 'invalid-input', errors: [{ path }] })
  })
})

describe('a PIN', () => {
  test('is set, has to be changed, is never shown, and is not the same twice in a row', async () => {
    const id = await person()
    const set = await call('PUT', `${id}/pin`, { pin: '739104' })
    expect(set.body).toMatchObject({ pin: { mustChange: true } })
    const again = await call('PUT', `${id}/pin`, { pin: '739104' })
    expect(again.body).toMatchObject({ errors: [{ path: 'pin' }] })
    const changes = await console.call('GET', '/api/reports/changes', { cookie })
    for (const { text } of [set, again, changes]) expect(text).not.toContain('739104')
    expect(changes.text).not.toContain('argon2')
    expect((await call('DELETE', `${id}/pin`)).status).toBe(204)
    expect((await call('GET', `${id}/standing`)).body).toMatchObject({ pin: null })
  })

  test.each(['12345', '4321', '1111', '12', 'abcd', '1234567890123'])('%s is refused', async (pin) => {
    expect((await call('PUT', `${await person()}/pin`, { pin })).body).toMatchObject({ errors: [{ path: 'pin' }] })
  })
})

describe('a block', () => {
  test('keeps out until somebody unblocks, and stays in the report', async () => {
    const id = await person()
    const until = new Date(console.now().getTime() + 90 * 86_400_000).toISOString()
    const blocked = await call('POST', `${id}/blocks`, { reason: 'Phone stolen', until })
    expect(blocked.body).toMatchObject({
      next: { kind: 'blocked', until },
      blocks: [{ reason: 'Phone stolen', inForce: true }],
    })
    expect((await call('GET', '../users?standing=blocked')).body).toMatchObject({
      total: 1,
      rows: [{ id, block: { until } }],
    })
    expect(console.notices).toEqual([{ topic: 'users', ids: [id] }])
    const unblocked = await call('POST', `${id}/unblock`)
    expect(unblocked.body).toMatchObject({ blocks: [{ inForce: false, endedBy: expect.any(String) as unknown }] })
    const list = await console.call('GET', `/api/blocks?state=all&userId=${id}`, { cookie })
    expect(list.body).toMatchObject({ total: 1, rows: [{ user: { id } }] })
    expect((await console.call('GET', `/api/blocks?userId=${id}`, { cookie })).body).toMatchObject({ total: 0 })
  })

  test.each([
    ['reason', { reason: '', until: null }],
    ['until', { reason: 'x', until: '2020-01-01T00:00:00.000Z' }],
    ['until', { reason: 'x', until: 'tomorrow' }],
  ])('a wrong %s is said beside its field', async (path, body) => {
    expect((await call('POST', `${await person()}/blocks`, body)).body).toMatchObject({ errors: [{ path }] })
  })
})

describe('a one-time bypass', () => {
  test('is given for so many seconds, and taken back', async () => {
    const id = await person()
    const given = await call('POST', `${id}/bypasses`, { reason: 'New phone', seconds: 300 })
    const expiresAt = new Date(console.now().getTime() + 300_000).toISOString()
    expect(given.body).toMatchObject({
      next: { kind: 'bypass', until: expiresAt },
      bypasses: [{ state: 'open', expiresAt }],
    })
    expect((await call('POST', `${id}/bypasses/end`)).body).toMatchObject({ bypasses: [{ state: 'ended' }] })
    expect((await console.call('GET', `/api/bypasses?userId=${id}`, { cookie })).body).toMatchObject({ total: 1 })
  })

  test.each([
    ['reason', { reason: ' ', seconds: 300 }],
    ['seconds', { reason: 'x', seconds: 9 }],
    ['seconds', { reason: 'x', seconds: 86_401 }],
  ])('a wrong %s is said beside its field', async (path, body) => {
    expect((await call('POST', `${await person()}/bypasses`, body)).body).toMatchObject({ errors: [{ path }] })
  })
})

describe('many users', () => {
  test('are exported so that the import reads them, and no spreadsheet runs them', async () => {
    const whose = { from: console, as: cookie }
    const csv = 'username,methods,phone,textWithPin,description\nexported,push oath,+4930901820,true,=1+1\n'
    expect(await takenUsers(whose, (await checkedUsers(whose, csv)).id)).toMatchObject({ taken: 1, refused: 0 })
    const file = await call('GET', 'export.csv')
    expect(file.headers['content-type']).toContain('text/csv')
    const line = file.text.split('\r\n').find((each) => each.startsWith('exported')) ?? ''
    expect(line).toContain("push oath,'+4930901820")
    expect(line).toContain("'=1+1")
    const [header = ''] = file.text.split('\r\n')
    const again = await checkedUsers(whose, `${header}\n${line.replace('exported', 'again')}\n`)
    expect(await takenUsers(whose, again.id)).toMatchObject({ taken: 1, refused: 0 })
    const { body } = await call('GET', '../users?search=again')
    expect(body['rows']).toMatchObject([{ factorMethods: ['push', 'oath'], phone: '+4930901820', description: '=1+1' }])
  })

  test.each([
    ['methods', 'username,methods\nx,pigeon\n'],
    ['phone', 'username,phone\nx,030\n'],
    ['textWithPin', 'username,textWithPin\nx,maybe\n'],
  ])('a wrong %s in a file is said with its line', async (column, csv) => {
    const { id } = await checkedUsers({ from: console, as: cookie }, csv)
    expect((await console.call('GET', `/api/user-imports/${id}/rows`, { cookie })).body).toMatchObject({
      rows: [{ line: 2, outcome: 'refused', remarks: [{ column }] }],
    })
  })
})

test('an auditor sees everything and changes nothing', async () => {
  const id = await person()
  const as = await console.signInAs('auditor')
  for (const path of [
    `/api/users/${id}/standing`,
    '/api/blocks',
    '/api/bypasses',
    '/api/fraud-reports',
    '/api/users/export.csv',
  ])
    expect((await console.call('GET', path, { cookie: as })).status).toBe(200)
  const nothing = '00000000-0000-4000-8000-000000000001'
  for (const [method, path, body] of [
    ['PUT', `${id}/factors`, { ...factors, version: 1 }],
    ['PUT', `${id}/pin`, { pin: '739104' }],
    ['DELETE', `${id}/pin`, undefined],
    ['DELETE', `../app-devices/${nothing}`, undefined],
    ['POST', `${id}/blocks`, { reason: 'x', until: null }],
    ['POST', `${id}/unblock`, undefined],
    ['POST', `${id}/bypasses`, { reason: 'x', seconds: 300 }],
    ['POST', `${id}/bypasses/end`, undefined],
  ] as const)
    expect((await call(method, path, body, as)).status, path).toBe(403)
  const handled = await console.call('PUT', `/api/fraud-reports/${nothing}`, { cookie: as, body: { note: '' } })
  expect(handled.status).toBe(403)
})

test.each(['pin', 'standing'])('a user who is gone has no %s', async (what) => {
  const nothing = '00000000-0000-4000-8000-000000000001'
  const answer =
    what === 'pin' ? await call('PUT', `${nothing}/pin`, { pin: '739104' }) : await call('GET', `${nothing}/standing`)
  expect(answer.status).toBe(404)
})

test('a PIN that is older than Company Settings let it stand is said to have expired', async () => {
  const id = await person()
  const administrator = await console.signInAs('administrator')
  expect((await call('PUT', `${id}/pin`, { pin: '907431' })).body).toMatchObject({ pin: { expired: false } })
  const present = (await call('GET', '../company')).body
  const settings = companySettings.strip().parse(present)
  const body = { ...settings, pin: { ...settings.pin, expiresAfterDays: 30 }, version: present['version'] }
  expect((await call('PUT', '../company', body, administrator)).status).toBe(200)
  console.pass(29 * 24 * 60 * 60_000)
  const later = await console.signInAs('operator')
  expect((await call('GET', `${id}/standing`, undefined, later)).body).toMatchObject({ pin: { expired: false } })
  console.pass(24 * 60 * 60_000)
  const last = await console.signInAs('operator')
  expect((await call('GET', `${id}/standing`, undefined, last)).body).toMatchObject({ pin: { expired: true } })
})
