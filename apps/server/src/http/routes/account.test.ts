/** What administrators change of themselves, and what is asked of them before they do. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cookieOf, password, startConsole, type TestConsole } from '../test/console.ts'
import { setUpTotp } from '../test/own-totp.ts'

let console: TestConsole
let cookie: string
beforeEach(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
afterEach(() => console.close())

const own = { username: 'administrator-0', password }
const account = async () => (await console.call('GET', '/api/account', { cookie })).body
const proveAgain = (body: object) => console.call('POST', '/api/session/proof', { cookie, body })
const policy = (secondFactorRequired: boolean, version: number) =>
  console.call('PUT', '/api/administrators/policy', { cookie, body: { secondFactorRequired, version } })

describe('ten minutes after the sign-in', () => {
  test('what touches secrets or roles asks who it is; reading does not', async () => {
    const body = { username: 'helper', role: 'operator', password }
    const add = () => console.call('POST', '/api/administrators', { cookie, body })
    console.pass(10 * 60_000)
    expect((await add()).body).toMatchObject({ status: 403, code: 'proof-needed' })
    expect((await console.call('GET', '/api/administrators', { cookie })).status).toBe(200)
    expect((await proveAgain({ password: 'wrong' })).body).toMatchObject({ errors: [{ path: 'password' }] })
    expect((await add()).status).toBe(403)
    expect((await proveAgain({ password })).status).toBe(204)
    expect((await add()).status).toBe(200)
    console.pass(10 * 60_000)
    expect((await add()).body).toMatchObject({ code: 'proof-needed' })
  })

  test('the second factor is asked for too, where there is one, and a code counts once', async () => {
    const totp = await setUpTotp(console, cookie)
    expect((await proveAgain({ password })).body).toMatchObject({ errors: [{ path: 'code' }] })
    expect((await proveAgain({ password, code: '000000' })).body).toMatchObject({ code: 'factor-wrong' })
    const code = totp.code()
    expect((await proveAgain({ password, code })).status).toBe(204)
    expect((await proveAgain({ password, code })).body).toMatchObject({ code: 'factor-wrong' })
  })

  test('a role that may not, may not, however freshly proven', async () => {
    const operator = await console.signInAs('operator')
    console.pass(10 * 60_000)
    const answer = await console.call('DELETE', '/api/administrators/00000000-0000-4000-8000-000000000000?version=1', {
      cookie: operator,
    })
    expect(answer.body).toMatchObject({ code: 'not-allowed' })
  })
})

describe('the authenticator app', () => {
  test('counts only once a code of it was right; its secret is nowhere to be read', async () => {
    const drawn = await console.call('POST', '/api/account/totp', { cookie })
    expect(String(drawn.body['uri'])).toContain('otpauth://totp/Sallyport:administrator-0?')
    expect(await account()).toMatchObject({ totp: null })
    const before = await console.call('POST', '/api/session', { body: own })
    expect(before.body).toMatchObject({ next: 'nothing' })
    await setUpTotp(console, cookie)
    expect(await account()).toMatchObject({ totp: { createdAt: expect.any(String) as string } })
  })

  test('takes an earlier one’s place, and ends the other sessions', async () => {
    const elsewhere = cookieOf(await console.call('POST', '/api/session', { body: own }))
    const old = await setUpTotp(console, cookie)
    expect((await console.call('GET', '/api/session', { cookie: elsewhere })).status).toBe(401)
    const next = await setUpTotp(console, cookie)
    expect(next.recoveryCodes).toEqual([])
    const half = cookieOf(await console.call('POST', '/api/session', { body: own }))
    const prove = (code: string) => console.call('POST', '/api/session/factor', { cookie: half, body: { code } })
    expect((await prove(old.code())).status).toBe(401)
    expect((await prove(next.code())).status).toBe(200)
  })

  test('stays where everybody needs a second factor and it is the last', async () => {
    await setUpTotp(console, cookie)
    await policy(true, 2)
    const remove = () => console.call('DELETE', '/api/account/totp', { cookie })
    expect((await remove()).body).toMatchObject({ code: 'in-use' })
    await policy(false, 3)
    expect((await remove()).status).toBe(204)
    expect(await account()).toMatchObject({ totp: null })
  })
})

test('recovery codes are drawn anew, and the earlier ones are worth nothing', async () => {
  const draw = () => console.call('POST', '/api/account/recovery-codes', { cookie })
  expect((await draw()).body).toMatchObject({ code: 'not-found' })
  const { recoveryCodes } = await setUpTotp(console, cookie)
  const codes = (await draw()).body['codes'] as string[]
  expect(codes).toHaveLength(10)
  const prove = async (code = '') => {
    const half = cookieOf(await console.call('POST', '/api/session', { body: own }))
    return (await console.call('POST', '/api/session/factor', { cookie: half, body: { code } })).status
  }
  expect(await prove(recoveryCodes[0])).toBe(401)
  expect(await prove(codes[0])).toBe(200)
})

describe('sessions', () => {
  const listed = async (url = '/api/account/sessions') =>
    (await console.call('GET', url, { cookie })).body['rows'] as { id: string; current: boolean; address: string }[]
  const elsewhere = async () =>
    cookieOf(await console.call('POST', '/api/session', { body: own, address: '203.0.113.5' }))

  test('are listed, and one that is ended is over', async () => {
    const other = await elsewhere()
    const rows = await listed()
    expect(rows).toHaveLength(2)
    const theirs = rows.find(({ current }) => !current)
    expect(theirs).toMatchObject({ address: '203.0.113.5' })
    const url = `/api/account/sessions/${String(theirs?.id)}`
    const stranger = await console.signInAs('administrator')
    expect((await console.call('DELETE', url, { cookie: stranger })).status).toBe(404)
    expect((await console.call('DELETE', url, { cookie })).status).toBe(204)
    expect((await console.call('GET', '/api/session', { cookie: other })).status).toBe(401)
    expect((await console.call('GET', '/api/session', { cookie })).status).toBe(200)
  })

  test('end all but this one', async () => {
    const others = [await elsewhere(), await elsewhere()]
    expect((await console.call('DELETE', '/api/account/sessions', { cookie })).status).toBe(204)
    for (const other of others) expect((await console.call('GET', '/api/session', { cookie: other })).status).toBe(401)
    expect(await listed()).toMatchObject([{ current: true }])
  })

  test('of somebody else are seen and ended by administrators, and it is in the audit trail', async () => {
    const auditor = await console.signInAs('auditor')
    const { id } = (await console.store.administrators.byUsername('auditor-1')) ?? { id: '' }
    const [row] = await listed(`/api/administrators/${id}/sessions`)
    expect((await console.call('DELETE', `/api/administrators/sessions/${String(row?.id)}`, { cookie })).status).toBe(
      204,
    )
    expect((await console.call('GET', '/api/session', { cookie: auditor })).status).toBe(401)
    expect((await console.store.audit.list({ limit: 1 })).rows).toMatchObject([
      { administrator: 'administrator-0', action: 'removed', subjectKind: 'administrator-session' },
    ])
  })
})

test('an administrator resets another’s second factors: sessions end, and the next sign-in sets up new ones', async () => {
  const theirs = await console.signInAs('administrator')
  const totp = await setUpTotp(console, theirs)
  const { id } = (await console.store.administrators.byUsername('administrator-1')) ?? { id: '' }
  await policy(true, 2)
  expect((await console.call('POST', `/api/administrators/${id}/reset-factors`, { cookie })).status).toBe(204)
  expect((await console.call('GET', '/api/session', { cookie: totp.cookie })).status).toBe(401)
  const again = await console.call('POST', '/api/session', { body: { username: 'administrator-1', password } })
  expect(again.body).toEqual({ next: 'enrolment' })
  const { rows } = await console.store.audit.list({ limit: 1 })
  expect(rows).toMatchObject([
    { action: 'reset', subjectName: 'administrator-1', before: { totp: true, recoveryCodes: 10 } },
  ])
})
