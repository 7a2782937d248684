/** People's own PIN, over the portal's API and a real store. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPasswords } from '../session/passwords.ts'
import { startPortal, type TestPortal } from '../test/portal.ts'

const actor = { id: null, name: 'test', address: null }
const minute = 60_000
const passwords = createPasswords()
let portal: TestPortal
let aliceId: string
let alice: string

beforeEach(async () => {
  portal = await startPortal()
  aliceId = await portal.addUser('alice')
  alice = await portal.signIn(aliceId)
})
afterEach(() => portal.close())

const read = async () => (await portal.call('GET', '/api/portal/pin', { cookie: alice })).body
const change = (present: string | null, pin: string, cookie = alice) =>
  portal.call('PUT', '/api/portal/pin', { cookie, body: { present, pin } })
const lockedUntil = async () => (await portal.store.users.byId(aliceId))?.factorLockedUntil ?? null

test('nobody without a session reads or sets a PIN', async () => {
  expect((await portal.call('GET', '/api/portal/pin')).status).toBe(401)
  expect((await portal.call('PUT', '/api/portal/pin', { body: { present: null, pin: '2580' } })).status).toBe(401)
})

test('a PIN is set where there is none, by the company’s rules, and is good until it expires', async () => {
  const company = await portal.store.company.settings()
  const pin = { ...company.pin, expiresAfterDays: 30 }
  await portal.store.company.change({ ...company, appMode: 'pin', pin }, actor)
  expect(await read()).toMatchObject({ isSet: false, isWanted: true, mustChange: false, minimumLength: 4 })
  for (const weak of ['258', '1234', '7777', '12a4'])
    expect((await change(null, weak)).body).toMatchObject({ code: 'invalid-input' })
  expect((await change(null, '2580')).body).toMatchObject({ isSet: true, mustChange: false })
  const [hash] = (await portal.store.people.pinHashes(aliceId)) ?? []
  expect(await passwords.verify(hash ?? null, '2580')).toBe(true)
  expect((await portal.store.audit.list({ limit: 1 })).rows[0]).toMatchObject({ administrator: 'alice (portal)' })
  portal.pass(30 * 24 * 60 * minute)
  alice = await portal.signIn(aliceId)
  expect(await read()).toMatchObject({ mustChange: true })
})

test('what an administrator set must be changed, with the present one, and former ones are not taken', async () => {
  await portal.store.people.setPin(aliceId, await passwords.hash('2580'), 3, actor)
  expect(await read()).toMatchObject({ isSet: true, mustChange: true })
  expect((await change(null, '1470')).body).toMatchObject({ errors: [{ path: 'present' }] })
  expect((await change('2580', '2580')).body).toMatchObject({ errors: [{ path: 'used' }] })
  expect((await change('2580', '1470')).body).toMatchObject({ mustChange: false })
  expect((await change('1470', '2580')).body).toMatchObject({ errors: [{ path: 'used' }] })
})

test('a change ends the other sessions, and whoever came by a link changes none', async () => {
  const elsewhere = await portal.signIn(aliceId)
  const byLink = await portal.signIn(aliceId, 'enrolment')
  expect((await change(null, '2580', byLink)).status).toBe(200)
  expect((await portal.call('GET', '/api/portal/pin', { cookie: elsewhere })).status).toBe(401)
  expect((await change('2580', '1470', byLink)).body).toMatchObject({ code: 'not-allowed' })
})

test('wrong ones count towards the lock of the second factor, after which the right one is not taken either', async () => {
  await change(null, '2580')
  const { lockout } = await portal.store.company.settings()
  for (let tries = 1; tries < lockout.failures; tries += 1)
    expect((await change('9999', '1470')).body).toMatchObject({ errors: [{ path: 'present' }] })
  expect(await lockedUntil()).toBeNull()
  portal.notices.length = 0
  await change('9999', '1470')
  expect(await lockedUntil()).toEqual(new Date(portal.now().getTime() + lockout.forMinutes * minute))
  // Once so that what the engine counted is in the table, once so that it reads the sum.
  expect(portal.notices).toEqual([
    { topic: 'users', ids: [aliceId] },
    { topic: 'users', ids: [aliceId] },
  ])
  expect((await change('2580', '1470')).status).toBe(429)
})
