import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cookieOf, password, startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
beforeEach(async () => {
  console = await startConsole()
})
afterEach(() => console.close())

const first = { username: 'first', password }
const setUp = (code = console.setUpCode.current()) => console.call('POST', '/api/setup', { body: { code, ...first } })
const signIn = (body: object, address = '192.0.2.1') => console.call('POST', '/api/session', { body, address })
const whoAmI = (cookie: string) => console.call('GET', '/api/session', { cookie })

describe('the set-up', () => {
  test('makes the first administrator with the code, and signs them in', async () => {
    expect((await console.call('GET', '/api/setup')).body).toEqual({ needed: true, passkeys: false, provider: null })
    const done = await setUp()
    expect(done.status).toBe(200)
    expect(done.body).toMatchObject({ administrator: { username: 'first', role: 'administrator' }, sampleSite: false })
    expect((await whoAmI(cookieOf(done))).body).toMatchObject({ administrator: { username: 'first' } })
    expect((await console.call('GET', '/api/setup')).body).toEqual({ needed: false, passkeys: false, provider: null })
  })

  test('takes the code as a person types it: small letters, no dashes', async () => {
    expect((await setUp(console.setUpCode.current().toLowerCase().replaceAll('-', ' '))).status).toBe(200)
  })

  test('happens once, also when two people have the code at the same moment', async () => {
    const answers = await Promise.all([setUp(), setUp(), setUp()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect((await setUp('ANY')).body).toMatchObject({ code: 'set-up-done' })
    expect(await console.store.administrators.count()).toBe(1)
  })

  test('refuses a wrong code, and draws a new one after ten', async () => {
    const code = console.setUpCode.current()
    for (let tries = 0; tries < 10; tries += 1) {
      expect((await setUp('WRONG')).body).toMatchObject({ code: 'set-up-code-wrong', status: 401 })
    }
    expect(console.announced).toHaveLength(1)
    expect((await setUp(code)).status).toBe(401)
    expect((await setUp(console.announced[0])).status).toBe(200)
  })

  test('slows down who goes on guessing', async () => {
    for (let tries = 0; tries < 20; tries += 1) await setUp('WRONG')
    const answer = await setUp('WRONG')
    expect(answer.status).toBe(429)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })
})

describe('a session', () => {
  test('is a cookie that scripts cannot read and other sites do not send; the store knows only its hash', async () => {
    const done = await setUp()
    expect(String(done.headers['set-cookie'])).toMatch(/^sallyport=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    const token = cookieOf(done).split('=')[1] ?? ''
    expect(await console.store.sessions.find(token)).toBeNull()
  })

  test('carries __Host- and Secure where browsers come by HTTPS, and HSTS goes along', async () => {
    const secure = await startConsole({ secureCookies: true })
    const done = await secure.call('POST', '/api/setup', { body: { code: secure.setUpCode.current(), ...first } })
    expect(String(done.headers['set-cookie'])).toMatch(
      /^__Host-sallyport=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect(done.headers['strict-transport-security']).toBe('max-age=31536000')
    await secure.close()
  })

  test('ends after half an hour of silence', async () => {
    const cookie = cookieOf(await setUp())
    console.pass(29 * 60_000)
    expect((await whoAmI(cookie)).status).toBe(200)
    console.pass(29 * 60_000)
    expect((await whoAmI(cookie)).status).toBe(200)
    console.pass(30 * 60_000)
    expect((await whoAmI(cookie)).body).toMatchObject({ code: 'sign-in-required' })
  })

  test('ends after twelve hours, however busy', async () => {
    const cookie = cookieOf(await setUp())
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      console.pass(20 * 60_000)
      expect((await whoAmI(cookie)).status).toBe(200)
    }
    console.pass(20 * 60_000)
    expect((await whoAmI(cookie)).status).toBe(401)
  })

  test('ends with the sign-out', async () => {
    const cookie = cookieOf(await setUp())
    const out = await console.call('DELETE', '/api/session', { cookie })
    expect(out.status).toBe(204)
    expect(out.text).toBe('')
    expect((await whoAmI(cookie)).status).toBe(401)
  })

  test('gets a new token at every sign-in, and the one brought along is worth nothing any more', async () => {
    const before = cookieOf(await setUp())
    const after = await console.call('POST', '/api/session', { body: first, cookie: before })
    expect(cookieOf(after)).not.toBe(before)
    expect((await whoAmI(before)).status).toBe(401)
    expect((await whoAmI(cookieOf(after))).status).toBe(200)
  })
})

describe('signing in', () => {
  test('answers alike for a wrong password, an unknown name, a disabled and a locked administrator', async () => {
    await setUp()
    const hash = (await console.store.administrators.list())[0]?.passwordHash ?? ''
    const actor = { id: null, name: 'test', address: null }
    for (const username of ['disabled', 'locked']) {
      const made = await console.store.administrators.create({ username, passwordHash: hash, role: 'auditor' }, actor)
      if (!made.ok) throw new Error('not made')
      if (username === 'locked') {
        await console.store.administrators.countFailedSignIn(made.value.id, new Date(console.now().getTime() + 60_000))
      } else {
        await console.store.administrators.change(made.value.id, { role: 'auditor', enabled: false, version: 1 }, actor)
      }
    }
    const answers = await Promise.all([
      signIn({ username: 'first', password: 'wrong' }),
      signIn({ username: 'nobody', password }),
      signIn({ username: 'disabled', password }),
      signIn({ username: 'locked', password }),
    ])
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0].body).toMatchObject({ status: 401, code: 'sign-in-failed' })
  })

  test('locks a name after ten wrong passwords in a row for a quarter of an hour', async () => {
    await setUp()
    for (let tries = 0; tries < 10; tries += 1)
      await signIn({ username: 'first', password: 'wrong' }, `192.0.2.${tries + 1}`)
    expect((await signIn(first, '198.51.100.1')).status).toBe(401)
    console.pass(15 * 60_000)
    expect((await signIn(first, '198.51.100.1')).status).toBe(200)
  })

  test('locks a name also when the ten wrong passwords come at once', async () => {
    await setUp()
    await Promise.all(
      Array.from({ length: 12 }, (_, index) => signIn({ username: 'first', password: 'wrong' }, `192.0.2.${index}`)),
    )
    expect((await signIn(first, '198.51.100.1')).status).toBe(401)
  })

  test('still lets the owner in from where they work, so that a lock keeps nobody out for good', async () => {
    await setUp()
    await signIn(first, '203.0.113.5')
    for (let tries = 0; tries < 10; tries += 1)
      await signIn({ username: 'first', password: 'wrong' }, `192.0.2.${tries + 1}`)
    expect((await signIn(first, '192.0.2.200')).status).toBe(401)
    expect((await signIn(first, '203.0.113.5')).status).toBe(200)
  })

  test('a right password starts the count anew', async () => {
    await setUp()
    for (let round = 0; round < 3; round += 1) {
      for (let tries = 0; tries < 6; tries += 1)
        await signIn({ username: 'first', password: 'wrong' }, `192.0.2.${tries + 1}`)
      expect((await signIn(first, '198.51.100.1')).status).toBe(200)
    }
  })

  test('an address that fails too often has to wait, and is told how long', async () => {
    await setUp()
    for (let tries = 0; tries < 20; tries += 1) await signIn({ username: `name-${tries}`, password: 'wrong' })
    const refused = await signIn(first)
    expect(refused.body).toMatchObject({ status: 429, code: 'too-many-requests' })
    expect(refused.headers['retry-after']).toBe('900')
    expect((await signIn(first, '198.51.100.7')).status).toBe(200)
  })

  test('a flood of sign-ins is turned away before it takes the processor', async () => {
    await setUp()
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        signIn({ username: 'first', password: 'wrong' }, `192.0.2.${index + 1}`),
      ),
    )
    const busy = answers.filter(({ status }) => status === 429)
    expect(busy.length).toBeGreaterThan(0)
    expect(busy[0]?.headers['retry-after']).toBe('2')
  })
})

describe('changing one’s own password', () => {
  test('needs the present one, and ends the other sessions but not this one', async () => {
    const here = cookieOf(await setUp())
    const elsewhere = cookieOf(await signIn(first))
    const change = (currentPassword: string) =>
      console.call('POST', '/api/session/password', {
        cookie: here,
        body: { currentPassword, newPassword: 'another four plain words' },
      })
    expect((await change('wrong')).body).toMatchObject({
      code: 'invalid-input',
      errors: [{ path: 'currentPassword' }],
    })
    expect((await change(password)).status).toBe(204)
    expect((await whoAmI(here)).status).toBe(200)
    expect((await whoAmI(elsewhere)).status).toBe(401)
    expect((await signIn(first)).status).toBe(401)
    expect((await signIn({ username: 'first', password: 'another four plain words' })).status).toBe(200)
  })
})
