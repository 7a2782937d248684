import type { UserView } from '@sallyport/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('operator')
})
beforeEach(() => {
  console.notices.length = 0
  console.engine.silent = false
})
afterAll(() => console.close())

const person = (username: string) => ({
  username,
  firstName: 'Ann',
  lastName: 'Example',
  email: 'ann@example.com',
  description: '',
  enabled: true,
})
const create = async (username: string) => {
  const { status, body } = await console.call('POST', '/api/users', { cookie, body: person(username) })
  expect(status).toBe(200)
  return body as unknown as UserView
}

describe('a user', () => {
  test('is added, and the engine knows before the answer goes out', async () => {
    const user = await create('ann')
    expect(user).toMatchObject({ ...person('ann'), tokenCount: 0, version: 1, lastSignInAt: null })
    expect(console.notices).toEqual([{ topic: 'users', ids: [user.id] }])
    expect((await console.call('GET', `/api/users/${user.id}`, { cookie })).body).toEqual(user)
  })

  test('is refused where the name is taken, whatever its capitals', async () => {
    await create('bert')
    const { body } = await console.call('POST', '/api/users', { cookie, body: person('BERT') })
    expect(body).toMatchObject({ status: 409, code: 'already-exists', errors: [{ path: 'username' }] })
  })

  test('is refused where nothing of the name would be left to match', async () => {
    const { body } = await console.call('POST', '/api/users', { cookie, body: person('\u200b\u00ad') })
    expect(body).toMatchObject({ status: 400, errors: [{ path: 'username' }] })
  })

  test('saved by somebody else in between is 409 with what stands now', async () => {
    const user = await create('carl')
    const save = (lastName: string) =>
      console.call('PUT', `/api/users/${user.id}`, { cookie, body: { ...person('carl'), lastName, version: 1 } })
    expect((await save('First')).body).toMatchObject({ lastName: 'First', version: 2 })
    expect((await save('Second')).body).toMatchObject({
      status: 409,
      code: 'changed-meanwhile',
      current: { lastName: 'First', version: 2 },
    })
  })

  test('is removed only in the version that was seen, and is gone then', async () => {
    const { id } = await create('dora')
    const remove = (version: number) => console.call('DELETE', `/api/users/${id}?version=${version}`, { cookie })
    expect((await remove(7)).status).toBe(409)
    expect((await remove(1)).status).toBe(204)
    expect((await remove(1)).body).toMatchObject({ code: 'not-found' })
    expect((await console.call('GET', `/api/users/${id}`, { cookie })).status).toBe(404)
  })

  test('is unlocked, and the engine hears of it', async () => {
    const { id } = await create('emil')
    console.notices.length = 0
    expect((await console.call('POST', `/api/users/${id}/unlock`, { cookie })).body).toMatchObject({
      factorLockedUntil: null,
    })
    expect(console.notices).toEqual([{ topic: 'users', ids: [id] }])
  })

  test('stays saved where the engine does not answer, and the answer says so', async () => {
    console.engine.silent = true
    const answer = await console.call('POST', '/api/users', { cookie, body: person('fred') })
    expect(answer.body).toMatchObject({ status: 503, code: 'unavailable' })
    expect(answer.body['detail']).toMatch(/^This is saved/)
    const { body } = await console.call('GET', '/api/users?search=fred', { cookie })
    expect(body).toMatchObject({ total: 1 })
  })
})

describe('the list', () => {
  test('is paged by a cursor, and filters', async () => {
    for (const name of ['page-1', 'page-2', 'page-3']) await create(name)
    const first = await console.call('GET', '/api/users?search=page-&limit=2', { cookie })
    expect(first.body).toMatchObject({ total: 3, rows: [{ username: 'page-1' }, { username: 'page-2' }] })
    const cursor = encodeURIComponent(String(first.body['nextCursor']))
    const second = await console.call('GET', `/api/users?search=page-&limit=2&cursor=${cursor}`, { cookie })
    expect(second.body).toMatchObject({ nextCursor: null, rows: [{ username: 'page-3' }] })
  })

  test('refuses a cursor that is none', async () => {
    const { body } = await console.call('GET', '/api/users?cursor=nonsense', { cookie })
    expect(body).toMatchObject({ status: 400, code: 'invalid-input', errors: [{ path: 'cursor' }] })
  })
})
