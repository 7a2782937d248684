import { setImmediate as giveWay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
let ids: readonly string[]
const url = '/api/user-batches'
const off = { kind: 'change', changes: { enabled: false } }

beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('operator')
  const user = { firstName: '', lastName: '', email: '', description: '', enabled: true }
  const actor = { id: null, name: 'test', address: null }
  const added = await console.store.users.createMany(
    Array.from({ length: 300 }, (_, number) => ({ ...user, username: `user${number}` })),
    actor,
  )
  ids = added.ids
})
beforeEach(() => {
  console.notices.length = 0
})
afterAll(() => console.close())

const begin = (body: object, as = cookie) => console.call('POST', url, { cookie: as, body })

/** What it comes to in the end; bounded, for it goes on behind the answer. */
async function ended(id: unknown) {
  for (let asked = 0; asked < 5_000; asked++) {
    const { body } = await console.call('GET', `${url}/${String(id)}`, { cookie })
    if (body['state'] !== 'running') return body
    await giveWay()
  }
  throw new Error('it does not end')
}

test('many users are changed behind the answer, each piece in force before the next, and taken back', async () => {
  const begun = await begin({ selection: { ids }, act: off })
  expect(begun.body).toMatchObject({ kind: 'change', state: 'running', total: 300, undoUntil: null })
  const done = await ended(begun.body['id'])
  expect(done).toMatchObject({ state: 'done', done: 300, changed: 300, undoUntil: expect.any(String) as string })
  expect(console.notices.map((notice) => (notice.topic === 'users' ? notice.ids.length : 0))).toEqual([250, 50])
  const undo = await console.call('POST', `${url}/${String(done['id'])}/undo`, { cookie })
  expect(await ended(undo.body['id'])).toMatchObject({ kind: 'undo', changed: 300, notBroughtBack: [] })
})

test('nobody takes back what another began', async () => {
  const { body } = await begin({ selection: { ids: ids.slice(0, 1) }, act: off })
  await ended(body['id'])
  const another = await console.signInAs('administrator')
  expect((await console.call('POST', `${url}/${String(body['id'])}/undo`, { cookie: another })).status).toBe(404)
  const undone = await console.call('POST', `${url}/${String(body['id'])}/undo`, { cookie })
  await ended(undone.body['id'])
  const again = await console.call('POST', `${url}/${String(body['id'])}/undo`, { cookie })
  expect([again.status, again.body['detail']]).toEqual([404, expect.stringMatching(/cannot be taken back/)])
})

test('where more people match than were shown, nobody is changed', async () => {
  const answer = await begin({ selection: { filter: { search: 'user' }, count: 299 }, act: { kind: 'remove' } })
  expect([answer.status, answer.body['detail']]).toEqual([409, expect.stringMatching(/^300 users match/)])
  expect(console.notices).toEqual([])
})

test('an engine that does not answer stops it, and what was done by then can be taken back', async () => {
  console.engine.silent = true
  const begun = await begin({ selection: { ids }, act: off })
  const stopped = await ended(begun.body['id'])
  console.engine.silent = false
  expect(stopped).toMatchObject({ state: 'stopped', done: 250, total: 300 })
  const undo = await console.call('POST', `${url}/${String(stopped['id'])}/undo`, { cookie })
  expect(await ended(undo.body['id'])).toMatchObject({ changed: 250 })
})

test.each([
  [{ kind: 'change', changes: {} }, 'act.changes'],
  [{ kind: 'change', changes: { unblock: true, block: { reason: 'x', until: null } } }, 'act.changes'],
  [{ kind: 'change', changes: { enabled: true, phone: '+4930901820' } }, 'act.changes.phone'],
  [{ kind: 'change', changes: { block: { reason: 'x', until: '2020-01-01T00:00:00Z' } } }, 'act.changes.block.until'],
])('%j is refused', async (act, path) => {
  expect((await begin({ selection: { ids }, act })).body).toMatchObject({ code: 'invalid-input', errors: [{ path }] })
})

test('an auditor watches and begins nothing', async () => {
  const auditor = await console.signInAs('auditor')
  expect((await begin({ selection: { ids }, act: off }, auditor)).status).toBe(403)
})
