/** Passkeys as administrators use them, and as somebody would who copies, replays or relays their answers. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cookieOf, password, startConsole, type Answer, type TestConsole } from '../test/console.ts'
import { softPasskey, type SoftPasskeyOptions } from '../test/soft-passkey.ts'

const origin = 'https://console.example.com'
const rpId = 'console.example.com'

let console: TestConsole
let cookie: string
let id: string
beforeEach(async () => {
  console = await startConsole({ consoleOrigin: origin })
  cookie = await console.signInAs('administrator')
  id = (await console.store.administrators.list())[0]?.id ?? ''
})
afterEach(() => console.close())

/** Of the browser that asks for a sign-in. */
let mark: string
const challenge = async (url = '/api/session/passkey/options') => {
  const answer = await console.call('POST', url, { cookie })
  if (url === '/api/session/passkey/options') mark = cookieOf(answer)
  return challengeIn(answer)
}
const challengeIn = ({ body }: Answer) => String((body['options'] as { challenge?: unknown }).challenge)
const own = '/api/session/proof/passkey/options'
const add = async (changes: Partial<SoftPasskeyOptions> = {}, from?: string) => {
  const passkey = softPasskey({ origin, rpId, userHandle: id, ...changes })
  const response = passkey.register(from ?? (await challenge('/api/account/passkeys/options')))
  const body = { name: 'Blue key', response }
  return { passkey, added: await console.call('POST', '/api/account/passkeys', { cookie, body }) }
}
const signIn = (response: object, from = mark) =>
  console.call('POST', '/api/session/passkey', { cookie: from, body: { response } })

describe('a passkey', () => {
  test('is added under a name, and signs in by itself: both factors in one step', async () => {
    const { passkey, added } = await add()
    expect(added.body).toMatchObject({ name: 'Blue key', lastUsedAt: null })
    const done = await signIn(passkey.answer(await challenge()))
    expect(done.body).toMatchObject({ administrator: { username: 'administrator-0' }, factors: ['passkey'] })
    expect((await console.call('GET', '/api/session', { cookie: cookieOf(done) })).status).toBe(200)
    expect((await console.store.audit.list({ limit: 1 })).rows).toMatchObject([
      { action: 'signed-in', after: { provenBy: ['passkey'] } },
    ])
  })

  test('is a second factor: the password alone is not enough any more', async () => {
    await add()
    const body = { username: 'administrator-0', password }
    expect((await console.call('POST', '/api/session', { body })).body).toEqual({
      next: 'factor',
      factors: ['passkey'],
    })
  })

  test('proves again who is signed in, and nobody else', async () => {
    const { passkey } = await add()
    console.pass(10 * 60_000)
    const asked = async (as: string) => challengeIn(await console.call('POST', own, { cookie: as }))
    const prove = (as: string, drawn: string) =>
      console.call('POST', '/api/session/proof/passkey', { cookie: as, body: { response: passkey.answer(drawn) } })
    const other = await console.signInAs('administrator')
    for (const drawn of [await asked(other), await asked(cookie), await challenge()]) {
      expect((await prove(other, drawn)).body).toMatchObject({ code: 'factor-wrong' })
    }
    expect((await prove(cookie, await asked(other))).body).toMatchObject({ code: 'factor-wrong' })
    expect((await prove(cookie, await challenge())).body).toMatchObject({ code: 'factor-wrong' })
    expect((await prove(cookie, await asked(cookie))).status).toBe(204)
    expect((await console.call('POST', '/api/account/passkeys/options', { cookie })).status).toBe(200)
  })

  test('is removed, unless it is the last second factor and everybody needs one', async () => {
    const { passkey, added } = await add()
    const url = `/api/account/passkeys/${String(added.body['id'])}`
    const policy = (secondFactorRequired: boolean, version: number) =>
      console.call('PUT', '/api/administrators/policy', { cookie, body: { secondFactorRequired, version } })
    await policy(true, 2)
    expect((await console.call('DELETE', url, { cookie })).body).toMatchObject({ code: 'in-use' })
    await policy(false, 3)
    const elsewhere = cookieOf(await signIn(passkey.answer(await challenge())))
    expect((await console.call('GET', '/api/session', { cookie: elsewhere })).status).toBe(200)
    expect((await console.call('DELETE', url, { cookie })).status).toBe(204)
    expect((await console.call('GET', '/api/session', { cookie: elsewhere })).status).toBe(401)
    expect((await signIn(passkey.answer(await challenge()))).status).toBe(401)
  })
})

describe('nobody is let in by', () => {
  const refused = async (response: object) =>
    expect((await signIn(response)).body).toMatchObject({ status: 401, code: 'factor-wrong' })

  test('an answer that was given before, or to a challenge that nobody drew', async () => {
    const { passkey } = await add()
    const drawn = await challenge()
    const answer = passkey.answer(drawn)
    expect((await signIn(answer)).status).toBe(200)
    await refused(answer)
    await refused(passkey.answer(drawn))
    await refused(passkey.answer(Buffer.alloc(32).toString('base64url')))
  })

  test('an answer after five minutes', async () => {
    const { passkey } = await add()
    const drawn = await challenge()
    console.pass(5 * 60_000)
    await refused(passkey.answer(drawn))
  })

  test('an answer that another browser asked for, or one that says not whose it is', async () => {
    const { passkey } = await add()
    const drawn = await challenge()
    const theirs = mark
    await challenge()
    expect((await signIn(passkey.answer(drawn), '')).body).toMatchObject({ code: 'factor-wrong' })
    expect((await signIn(passkey.answer(await challenge()), theirs)).body).toMatchObject({ code: 'factor-wrong' })
    const { response, ...rest } = passkey.answer(await challenge()) as { response: object }
    await refused({ ...rest, response: { ...response, userHandle: null } })
  })

  test('a copy of the key: its counter does not move on, and the audit trail says so', async () => {
    const { passkey } = await add()
    expect((await signIn(passkey.answer(await challenge(), 7))).status).toBe(200)
    await refused(passkey.answer(await challenge(), 7))
    await refused(passkey.answer(await challenge(), 3))
    expect((await console.store.audit.list({ limit: 1 })).rows).toMatchObject([
      { action: 'refused', subjectKind: 'administrator-passkey', after: { name: 'Blue key', copied: true } },
    ])
    expect((await signIn(passkey.answer(await challenge(), 8))).status).toBe(200)
  })

  test('a key that nobody has, or one of a disabled administrator', async () => {
    await refused(softPasskey({ origin, rpId, userHandle: id }).answer(await challenge()))
    const { passkey } = await add()
    const server = { id: null, name: 'test', address: null }
    const other = await console.signInAs('administrator')
    expect(other).not.toBe('')
    await console.store.administrators.change(id, { role: 'administrator', enabled: false, version: 1 }, server)
    await refused(passkey.answer(await challenge()))
  })

  test.each<[string, Partial<SoftPasskeyOptions>]>([
    ['made at another origin', { origin: 'https://console.example.com.evil.example' }],
    ['made at another port', { origin: 'https://console.example.com:8443' }],
    ['bound to another name', { rpId: 'evil.example' }],
    ['whose user was not verified', { verifiesUser: false }],
  ])('a passkey %s', async (_, changes) => {
    expect((await add(changes)).added.body).toMatchObject({ code: 'factor-wrong' })
  })

  test('a passkey that answers somebody else’s challenge, or one of a sign-in', async () => {
    const other = await console.signInAs('administrator')
    const theirs = await console.call('POST', '/api/account/passkeys/options', { cookie: other })
    const drawn = String((theirs.body['options'] as { challenge?: unknown }).challenge)
    expect((await add({}, drawn)).added.body).toMatchObject({ code: 'factor-wrong' })
    expect((await add({}, await challenge())).added.body).toMatchObject({ code: 'factor-wrong' })
  })
})

test.each([undefined, 'http://console.example.com', 'https://192.0.2.1:8443', 'https://[2001:db8::1]'])(
  'at %s there are none: browsers would refuse them',
  async (consoleOrigin) => {
    const elsewhere = await startConsole(consoleOrigin === undefined ? {} : { consoleOrigin })
    const answer = await elsewhere.call('POST', '/api/session/passkey/options')
    expect(answer.body).toMatchObject({ status: 503, code: 'unavailable' })
    await elsewhere.close()
  },
)
