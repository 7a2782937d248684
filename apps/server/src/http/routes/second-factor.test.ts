/** The second step of an administrator's sign-in, as an attacker with the password meets it. */
import { api, type Endpoint } from '@sallyport/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cookieOf, password, startConsole, type TestConsole } from '../test/console.ts'
import { setUpTotp, type OwnTotp } from '../test/own-totp.ts'

let console: TestConsole
const first = { username: 'first', password }
beforeEach(async () => {
  console = await startConsole({}, 'as delivered')
})
afterEach(() => console.close())

const setUp = async () =>
  cookieOf(await console.call('POST', '/api/setup', { body: { code: console.setUpCode.current(), ...first } }))
const signIn = (address = '192.0.2.1', cookie?: string) =>
  console.call('POST', '/api/session', { body: first, address, cookie })
const prove = (cookie: string, code: string, address = '192.0.2.1') =>
  console.call('POST', '/api/session/factor', { cookie, body: { code }, address })
const whoAmI = (cookie: string) => console.call('GET', '/api/session', { cookie })
const half = async (address?: string) => cookieOf(await signIn(address))

async function withTotp(): Promise<OwnTotp> {
  return setUpTotp(console, await setUp())
}

/** Every endpoint but those that a half-done sign-in of this stage is for. */
function closedTo(stage: 'factor' | 'enrolment'): Endpoint[] {
  const all = Object.values<Readonly<Record<string, Endpoint>>>(api).flatMap((room) => Object.values(room))
  return all.filter(({ access, stages = ['full'] }) => access !== 'public' && !stages.includes(stage))
}

describe('a sign-in on the password alone', () => {
  test('leads to setting up a second factor, and to nothing else', async () => {
    await setUp()
    const answer = await signIn()
    expect(answer.body).toEqual({ next: 'enrolment' })
    for (const { method, path } of closedTo('enrolment')) {
      const refused = await console.call(method, path.replace(':id', '00000000-0000-4000-8000-000000000000'), {
        cookie: cookieOf(answer),
      })
      expect(refused.body, `${method} ${path}`).toMatchObject({ code: 'sign-in-required' })
    }
  })

  test('is done once a code of the new app was right, under a new token; recovery codes are shown that once', async () => {
    await setUp()
    const cookie = await half()
    const totp = await setUpTotp(console, cookie)
    expect(totp.confirmed.body).toMatchObject({ session: { factors: ['totp', 'recovery-code'] } })
    expect(totp.recoveryCodes).toHaveLength(10)
    expect(totp.cookie).not.toBe(cookie)
    expect((await whoAmI(cookie)).status).toBe(401)
    expect((await whoAmI(totp.cookie)).status).toBe(200)
    expect((await console.call('GET', '/api/account', { cookie: totp.cookie })).text).not.toContain(
      String(totp.recoveryCodes[0]),
    )
  })

  test('does nothing where the code is not the app’s, or nothing was drawn', async () => {
    await setUp()
    const cookie = await half()
    const confirm = () => console.call('POST', '/api/account/totp/confirm', { cookie, body: { code: '000000' } })
    expect((await confirm()).body).toMatchObject({ code: 'not-found' })
    await console.call('POST', '/api/account/totp', { cookie })
    expect((await confirm()).body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'code' }] })
    expect((await whoAmI(cookie)).status).toBe(401)
  })

  test('of two who know the password, the first to set up a factor has it; the other is out', async () => {
    await setUp()
    const [owner, other] = [await half(), await half('203.0.113.9')]
    await console.call('POST', '/api/account/totp', { cookie: other })
    await setUpTotp(console, owner)
    const late = await console.call('POST', '/api/account/totp', { cookie: other })
    expect(late.body).toMatchObject({ code: 'sign-in-required' })
  })

  test('is enough where the policy says so', async () => {
    const cookie = await setUp()
    const body = { secondFactorRequired: false, version: 1 }
    expect((await console.call('PUT', '/api/administrators/policy', { cookie, body })).status).toBe(200)
    expect((await signIn()).body).toMatchObject({ next: 'nothing', session: { factors: [] } })
  })
})

describe('the second step', () => {
  test('lets in with the code that the app shows; until then the session can do nothing else', async () => {
    const totp = await withTotp()
    const answer = await signIn()
    expect(answer.body).toEqual({ next: 'factor', factors: ['totp', 'recovery-code'] })
    const cookie = cookieOf(answer)
    for (const { method, path } of closedTo('factor')) {
      const refused = await console.call(method, path.replace(':id', '00000000-0000-4000-8000-000000000000'), {
        cookie,
      })
      expect(refused.body, `${method} ${path}`).toMatchObject({ code: 'sign-in-required' })
    }
    const done = await prove(cookie, totp.code())
    expect(done.body).toMatchObject({ administrator: { username: 'first' } })
    expect((await whoAmI(cookie)).status).toBe(401)
    expect((await whoAmI(cookieOf(done))).status).toBe(200)
  })

  test('takes no code twice, nor one from before it, nor two at once', async () => {
    const totp = await withTotp()
    const code = totp.code()
    expect((await prove(await half(), code)).status).toBe(200)
    expect((await prove(await half(), code)).body).toMatchObject({ code: 'factor-wrong' })
    console.pass(60_000)
    const [one, other] = [await half(), await half()]
    const answers = await Promise.all([prove(one, totp.code()), prove(other, totp.code())])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  test('takes a recovery code once, however it is typed, and says how many are left', async () => {
    const totp = await withTotp()
    const [code = ''] = totp.recoveryCodes
    const done = await prove(await half(), ` ${code.toLowerCase().replaceAll('-', ' ')} `)
    expect(done.status).toBe(200)
    const { body } = await console.call('GET', '/api/account', { cookie: cookieOf(done) })
    expect(body).toMatchObject({ recoveryCodes: { left: 9 } })
    expect((await prove(await half(), code)).body).toMatchObject({ code: 'factor-wrong' })
  })

  test('answers alike for a wrong code, a used one, a wrong recovery code and a locked name', async () => {
    const totp = await withTotp()
    const used = totp.code()
    await prove(await half(), used)
    const cookie = await half()
    const answers = [await prove(cookie, '000000'), await prove(cookie, used), await prove(cookie, 'ABCD-ABCD-ABCD')]
    const { id } = (await console.store.administrators.list())[0] ?? { id: '' }
    await console.store.administrators.countFailedSignIn(id, new Date(console.now().getTime() + 60_000))
    console.pass(30_000)
    answers.push(await prove(cookie, totp.code(), '198.51.100.3'))
    expect(new Set(answers.map(({ status, text }) => `${String(status)} ${text}`)).size).toBe(1)
  })

  test('is locked after ten wrong codes, from wherever they come; the right password does not start the count anew', async () => {
    const totp = await withTotp()
    for (let tries = 0; tries < 10; tries += 1) {
      const address = `198.51.100.${String(tries + 1)}`
      expect((await prove(await half(address), '000000', address)).status).toBe(401)
    }
    expect((await signIn('203.0.113.77')).status).toBe(401)
    // From where the owner set it up, the name is not locked; its tries are used up all the same.
    const fromWork = await half('127.0.0.1')
    expect((await prove(fromWork, totp.code(), '127.0.0.1')).body).toMatchObject({ code: 'too-many-requests' })
    console.pass(15 * 60_000)
    expect((await prove(await half(), totp.code())).status).toBe(200)
  })

  test('has ten minutes, however often it is tried', async () => {
    const totp = await withTotp()
    const cookie = await half()
    console.pass(9 * 60_000)
    expect((await prove(cookie, '000000')).body).toMatchObject({ code: 'factor-wrong' })
    console.pass(60_000)
    expect((await prove(cookie, totp.code())).body).toMatchObject({ code: 'sign-in-required' })
  })

  test('is in the audit trail: what it was proven by, and every code that was refused', async () => {
    const totp = await withTotp()
    const cookie = await half()
    await prove(cookie, '000000', '198.51.100.8')
    await prove(cookie, totp.code())
    const { rows } = await console.store.audit.list({ limit: 2 })
    expect(rows).toMatchObject([
      { action: 'signed-in', subjectName: 'first', after: { provenBy: ['password', 'totp'] } },
      { action: 'refused', subjectKind: 'administrator-factors', subjectName: 'first', address: '198.51.100.8' },
    ])
    expect(await console.store.audit.firstBroken()).toBeNull()
  })
})
