import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { password, startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
let own: { id: string; version: number }
beforeEach(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
  const { body } = await console.call('GET', '/api/administrators', { cookie })
  own = (body['rows'] as (typeof own)[])[0] ?? { id: '', version: 0 }
})
afterEach(() => console.close())

describe('the administrators', () => {
  test('are listed without anything of their passwords', async () => {
    const { body, text } = await console.call('GET', '/api/administrators', { cookie })
    expect(body).toMatchObject({ rows: [{ username: 'administrator-0', role: 'administrator', lockedUntil: null }] })
    expect(text).not.toMatch(/argon2|hash/i)
  })

  test('can be added, changed and removed; who is changed has to sign in again', async () => {
    const body = { username: 'helper', role: 'operator', password }
    const made = await console.call('POST', '/api/administrators', { cookie, body })
    expect(made.body).toMatchObject({ username: 'helper', role: 'operator', enabled: true, version: 1 })
    expect((await console.call('POST', '/api/administrators', { cookie, body })).body).toMatchObject({
      code: 'already-exists',
      errors: [{ path: 'username' }],
    })
    const theirs = String(
      (await console.call('POST', '/api/session', { body: { username: 'helper', password } })).headers['set-cookie'],
    ).split(';')[0]
    const url = `/api/administrators/${String(made.body['id'])}`
    const change = { role: 'auditor', enabled: true, version: 1 }
    expect((await console.call('PUT', url, { cookie, body: change })).body).toMatchObject({
      role: 'auditor',
      version: 2,
    })
    expect((await console.call('GET', '/api/session', { cookie: theirs })).status).toBe(401)
    expect((await console.call('PUT', url, { cookie, body: change })).body).toMatchObject({ current: { version: 2 } })
    expect((await console.call('DELETE', `${url}?version=2`, { cookie })).status).toBe(204)
  })

  test('never lose their last one', async () => {
    const url = `/api/administrators/${own.id}`
    for (const change of [
      { role: 'auditor', enabled: true },
      { role: 'administrator', enabled: false },
    ]) {
      const body = { ...change, version: own.version }
      expect((await console.call('PUT', url, { cookie, body })).body).toMatchObject({ status: 409, code: 'in-use' })
    }
    expect((await console.call('DELETE', `${url}?version=${own.version}`, { cookie })).body).toMatchObject({
      code: 'in-use',
    })
  })

  test('leave a trail of what they changed, newest first, which an auditor may read', async () => {
    const auditor = await console.signInAs('auditor')
    const user = { username: 'ann', firstName: '', lastName: '', email: '', description: '', enabled: true }
    await console.call('POST', '/api/users', { cookie, body: user, address: '192.0.2.44' })
    const { body } = await console.call('GET', '/api/reports/changes?limit=1', { cookie: auditor })
    expect(body).toMatchObject({
      rows: [{ administrator: 'administrator-0', subjectKind: 'user', subjectName: 'ann', address: '192.0.2.44' }],
    })
    expect(await console.store.audit.firstBroken()).toBeNull()
  })
})
