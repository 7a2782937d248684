/** Signing in to the portal, over its listener and the engine's real stages. */
import { createHash } from 'node:crypto'
import type { PortalSignInStep } from '@sallyport/contract/portal'
import { ntPasswordHash } from '@sallyport/radius'
import type { Store } from '@sallyport/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totpCode } from '../../oath/totp.ts'
import { createArgon2id } from '../../passwords/argon2id.ts'
import { actor, startTestServer, type TestServer } from '../../test/running-server.ts'

const password = 'four plain words here'
const seed = Buffer.from('12345678901234567890')
const argon2id = createArgon2id()
let server: TestServer

async function add(store: Store, username: string, withToken: boolean): Promise<string> {
  const kept = { hash: await argon2id.hash(password), ntHash: ntPasswordHash(password), mustChange: false }
  const names = { firstName: 'Some', lastName: 'Body', email: '', description: '', enabled: true }
  const added = await store.users.create({ ...names, username, password: kept }, actor)
  if (!added.ok) throw new Error(added.problem)
  if (withToken) {
    const token = { type: 'totp', algorithm: 'SHA-1', digits: 6, stepSeconds: 30, notBefore: null } as const
    const more = { serialNumber: username, userId: added.value.id, secret: seed, manufacturer: '', model: '' }
    await store.oathTokens.create({ ...token, ...more }, actor)
  }
  return added.value.id
}

const ids = new Map<string, string>()
beforeAll(async () => {
  server = await startTestServer(async (store) => {
    await store.settings.changeTarget({ kind: 'built-in', version: 1 }, actor)
    for (const name of ['alice', 'guesser', 'leaver', 'late', 'blocked-later'])
      ids.set(name, await add(store, name, true))
    // At a VPN each of these would let in whoever knows the password.
    const everywhere = { clientId: null, attribute: 'Calling-Station-Id', addresses: '127.0.0.0/8', enabled: true }
    await store.trustedNetworks.create({ ...everywhere, name: 'Here' }, actor)
    await store.people.giveBypass(ids.get('late') ?? '', { reason: 'test', seconds: 3600 }, actor)
    for (const name of ['bare', 'linked', 'phoned']) ids.set(name, await add(store, name, false))
  })
})
afterAll(() => server.close())

interface Answered {
  readonly status: number
  readonly body: PortalSignInStep
  readonly cookie: string
}

async function post(path: string, body: unknown, cookie = ''): Promise<Answered> {
  const response = await fetch(new URL(path, server.portalUrl), {
    method: 'POST',
    headers: { 'x-sallyport-request': 'portal', 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  const set = (response.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? ''
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as PortalSignInStep, cookie: set }
}
const whoAmI = (cookie: string) => fetch(new URL('/api/portal/session', server.portalUrl), { headers: { cookie } })
const begin = (username: string, typed = password) => post('/api/portal/sign-in', { username, password: typed })
const answer = (step: PortalSignInStep, text: string) =>
  post('/api/portal/sign-in/answer', { id: 'id' in step ? step.id : '', answer: text })
const code = () => totpCode({ secret: seed, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, Date.now())

describe('a sign-in to the portal', () => {
  test('asks for the second factor, and ends in a session that a sign-out ends for good', async () => {
    const asked = await begin('alice')
    expect(asked.body).toMatchObject({ kind: 'asked', wants: 'text' })
    expect(asked.cookie).toBe('')
    const done = await answer(asked.body, code())
    expect(done.body).toMatchObject({ kind: 'signed-in', session: { username: 'alice', kind: 'full' } })
    expect((await whoAmI(done.cookie)).status).toBe(200)
    const row = await server.reported('alice', 'password-and-code')
    expect(row).toMatchObject({ client: null, callingStation: '127.0.0.1' })
    expect((await post('/api/portal/sign-out', {}, done.cookie)).status).toBe(204)
    expect((await whoAmI(done.cookie)).status).toBe(401)
  })

  test('looks the same whether the user exists or not, and whichever factor was wrong', async () => {
    const wrongPassword = await begin('leaver', 'not the password')
    const nobody = await begin('nobody at all', 'not the password')
    expect([wrongPassword.body, nobody.body]).toEqual([{ kind: 'refused' }, { kind: 'refused' }])
    expect(wrongPassword.status).toBe(nobody.status)
  })

  test('asks for the second factor in a trusted network too, and takes no one-time bypass for one', async () => {
    expect((await begin('alice')).body).toMatchObject({ kind: 'asked' })
    expect((await begin('late')).body).toMatchObject({ kind: 'asked' })
  })

  test('is over once it was decided: its name answers nothing any more', async () => {
    const asked = await begin('late')
    const done = await answer(asked.body, code())
    expect(done.body.kind).toBe('signed-in')
    expect((await answer(asked.body, code())).status).toBe(404)
  })

  test('counts wrong codes towards the lock of the second factor, over however many sign-ins', async () => {
    for (let tries = 0; tries < 5; tries++) await answer((await begin('guesser')).body, '000000')
    expect((await begin('guesser')).body).toEqual({ kind: 'refused' })
    await server.reported('guesser', 'factor-locked')
  })

  test('ends for whoever is blocked while signed in, and goes on once the block is lifted', async () => {
    const id = ids.get('blocked-later') ?? ''
    const done = await answer((await begin('blocked-later')).body, code())
    expect((await whoAmI(done.cookie)).status).toBe(200)
    await server.store.people.block(id, { reason: 'a lost laptop', until: null }, actor)
    expect((await whoAmI(done.cookie)).status).toBe(401)
    await server.store.people.unblock(id, actor)
    expect((await whoAmI(done.cookie)).status).toBe(200)
  })

  test('of somebody without a second factor leads no further than an administrator’s link', async () => {
    const step = await begin('bare')
    expect(step.body).toEqual({ kind: 'no-factor' })
    expect(step.cookie).toBe('')
  })
})

describe('where people may enrol their first factor on the password alone', () => {
  beforeAll(async () => {
    const settings = await server.store.portalSettings.read()
    await server.store.portalSettings.change({ ...settings, enrolFirst: true }, actor)
  })
  afterAll(async () => {
    const settings = await server.store.portalSettings.read()
    await server.store.portalSettings.change({ ...settings, enrolFirst: false }, actor)
  })

  test('whoever has none comes in, to enrol and nothing else', async () => {
    const step = await begin('bare')
    expect(step.body).toMatchObject({ kind: 'signed-in', session: { username: 'bare', kind: 'enrolment' } })
    expect((await begin('bare', 'not the password')).body).toEqual({ kind: 'refused' })
  })

  test('whoever has one that cannot be used just now does not: a password alone replaces no factor', async () => {
    const id = ids.get('phoned') ?? ''
    const standing = await server.store.people.standing(id)
    if (standing === null) throw new Error('nobody is there')
    const factors = { ...standing.factors, phone: '+4930901820', version: standing.user.version }
    await server.store.people.changeFactors(id, factors, actor)
    expect((await begin('phoned')).body).toEqual({ kind: 'no-factor' })
  })
})

describe('an enrolment link', () => {
  const token = 'a-token-of-thirty-two-random-octets'
  const give = async () => {
    const tokenHash = createHash('sha256').update(token).digest('hex')
    const expiresAt = new Date(Date.now() + 60_000)
    await server.store.enrolmentLinks.create({ tokenHash, userId: ids.get('linked') ?? '', expiresAt }, actor)
  }

  test('opens a session that can only enrol, once', async () => {
    await give()
    const used = await post('/api/portal/enrolment-link', { token })
    expect(used.body).toMatchObject({ kind: 'signed-in', session: { username: 'linked', kind: 'enrolment' } })
    expect((await post('/api/portal/enrolment-link', { token })).body).toEqual({ kind: 'refused' })
  })

  test('lets nobody in who is blocked, and is not spent by the attempt', async () => {
    const id = ids.get('linked') ?? ''
    await give()
    await server.store.people.block(id, { reason: 'a lost laptop', until: null }, actor)
    expect((await post('/api/portal/enrolment-link', { token })).body).toEqual({ kind: 'refused' })
    await server.store.people.unblock(id, actor)
    expect((await post('/api/portal/enrolment-link', { token })).body).toMatchObject({ kind: 'signed-in' })
  })
})

test('nobody without a session reads one', async () => {
  expect((await whoAmI('')).status).toBe(401)
  expect((await whoAmI('sallyport-portal=guessed')).status).toBe(401)
})
