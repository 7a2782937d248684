/** The mobile app set up from the portal: a device that somebody else registered with a seen code never becomes the user's factor. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { decodeBase32 } from '../../oath/otpauth.ts'
import { totpCode } from '../../oath/totp.ts'
import { createDevice, type TestDevice } from '../test/app-device.ts'
import type { Answer } from '../test/console.ts'
import { startPortal, type TestPortal } from '../test/portal.ts'

const minute = 60_000
let portal: TestPortal
let aliceId: string
let alice: string
let phone: TestDevice

beforeEach(async () => {
  portal = await startPortal()
  aliceId = await portal.addUser('alice')
  alice = await portal.signIn(aliceId, 'enrolment')
  phone = createDevice(portal)
})
afterEach(() => portal.close())

const post = (path: string, body: unknown = {}, cookie = alice) =>
  portal.call('POST', `/api/portal/mobile-app${path}`, { cookie, body })
const read = async (cookie = alice) => (await portal.call('GET', '/api/portal/mobile-app', { cookie })).body
const factors = async (cookie = alice) => (await portal.call('GET', '/api/portal/factors', { cookie })).body

async function begin(cookie = alice): Promise<string> {
  return String((await post('', {}, cookie)).body['code'])
}

const codeOf = (registered: Answer) => {
  const { secret } = registered.body['offline'] as { secret: string }
  const key = decodeBase32(secret) ?? new Uint8Array()
  return totpCode({ algorithm: 'SHA-1', digits: 6, stepSeconds: 30, secret: key }, portal.now().getTime())
}

test('nobody without a session makes a code, sees a device or confirms one', async () => {
  for (const path of ['', '/confirm', '/discard'])
    expect((await portal.call('POST', `/api/portal/mobile-app${path}`, { body: {} })).status).toBe(401)
  expect((await portal.call('GET', '/api/portal/mobile-app')).status).toBe(401)
})

test('a device counts for nothing until what it shows was typed where its code was made', async () => {
  const { body: made } = await post('')
  expect(made['link']).toBe(`https://mfa.example.com/app/#activate=${String(made['code'])}`)
  expect(await read()).toEqual({ device: null })
  const registered = await phone.register(String(made['code']))
  expect(registered.body).toMatchObject({ username: 'alice', confirmBy: '2026-11-23T10:10:00.000Z' })
  expect(await read()).toMatchObject({ device: { id: phone.deviceId, name: 'Phone' } })

  // Nothing that counts second factors sees it, and it can decide nothing.
  expect(await factors()).toMatchObject({ devices: [], tokens: [] })
  expect(await portal.store.ownFactors.hasAny(aliceId)).toBe(false)
  expect(await portal.store.users.byId(aliceId)).toMatchObject({ deviceCount: 0, tokenCount: 0 })
  expect(portal.notices).toEqual([])
  portal.engine.ask({ userId: aliceId, deviceIds: [] })
  expect((await phone.call('GET', '/api/app/requests')).body).toEqual({ requests: [] })

  const wrong = await post('/confirm', { id: phone.deviceId, code: '000000' })
  expect(wrong.body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'code' }] })
  expect(await factors()).toMatchObject({ devices: [] })
  const done = await post('/confirm', { id: phone.deviceId, code: codeOf(registered) })
  expect(done.body).toMatchObject({ devices: [{ id: phone.deviceId, name: 'Phone' }], tokens: [] })
  expect(portal.notices).toEqual([{ topic: 'users', ids: [aliceId] }])
  expect((await phone.call('GET', '/api/app/device')).body).toMatchObject({ confirmBy: null })
  // The code that proved it is used up at the VPN too.
  const { rows } = await portal.store.oathTokens.list({ userId: aliceId, limit: 10 })
  expect(rows).toMatchObject([{ lastUsedStep: Math.floor(portal.now().getTime() / 30_000) }])
  const { rows: trail } = await portal.store.audit.list({ limit: 10 })
  expect(trail.filter(({ subjectKind }) => subjectKind === 'app-device')).toMatchObject([
    { administrator: 'alice (portal)', before: { confirmed: false }, after: { confirmed: true } },
    { administrator: 'alice', after: { confirmed: false } },
  ])
})

test('where it can be pushed to, and its name, are kept when it becomes a device', async () => {
  const registered = await phone.register(await begin())
  const subscription = { endpoint: 'https://push.example.net/1', p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
  expect((await phone.call('PUT', '/api/app/device/push', { subscription })).status).toBe(204)
  expect((await phone.call('PUT', '/api/app/device', { name: 'Pocket' })).status).toBe(204)
  await post('/confirm', { id: phone.deviceId, code: codeOf(registered) })
  expect(await factors()).toMatchObject({ devices: [{ name: 'Pocket' }] })
  expect(await portal.store.appDevices.pushOf([phone.deviceId])).toEqual([{ id: phone.deviceId, push: subscription }])
})

test('a device that somebody else registered is not confirmed by the code of one’s own, and can be thrown away', async () => {
  const seen = await begin()
  const strangers = createDevice(portal)
  await strangers.register(seen)
  // One's own phone is told that the code was used; what is then typed is no code of the stranger's device.
  expect((await phone.register(seen)).body).toMatchObject({ code: 'activation-wrong' })
  expect((await post('/discard')).status).toBe(204)
  expect((await strangers.call('GET', '/api/app/device')).body).toMatchObject({ code: 'device-unknown' })
  expect(await read()).toEqual({ device: null })
})

test('an unconfirmed device is forgotten after ten minutes, and once another code is made', async () => {
  const late = await phone.register(await begin())
  portal.pass(10 * minute)
  alice = await portal.signIn(aliceId, 'enrolment')
  expect((await post('/confirm', { id: phone.deviceId, code: codeOf(late) })).status).toBe(404)
  expect((await phone.call('GET', '/api/app/device')).body).toMatchObject({ code: 'device-unknown' })
  const second = createDevice(portal)
  const replaced = await second.register(await begin())
  await begin()
  expect((await post('/confirm', { id: second.deviceId, code: codeOf(replaced) })).status).toBe(404)
  expect(await factors()).toMatchObject({ devices: [] })
})

test('another user neither sees nor confirms nor throws away somebody’s device', async () => {
  const registered = await phone.register(await begin())
  const bob = await portal.signIn(await portal.addUser('bob'))
  expect(await read(bob)).toEqual({ device: null })
  expect((await post('/confirm', { id: phone.deviceId, code: codeOf(registered) }, bob)).status).toBe(404)
  await post('/discard', {}, bob)
  expect(await read()).toMatchObject({ device: { id: phone.deviceId } })
})

test('guessing codes ends after ten tries, also for the right one', async () => {
  const registered = await phone.register(await begin())
  const guess = () => post('/confirm', { id: phone.deviceId, code: '000000' })
  for (let tries = 0; tries < 10; tries += 1) expect((await guess()).status).toBe(400)
  expect((await post('/confirm', { id: phone.deviceId, code: codeOf(registered) })).status).toBe(429)
  expect(await factors()).toMatchObject({ devices: [] })
})

test('devices are limited, the company’s setting may forbid it, and an old proof is none', async () => {
  const company = await portal.store.company.settings()
  await portal.store.company.change({ ...company, devicesPerUser: 1 }, { id: null, name: 'test', address: null })
  const registered = await phone.register(await begin())
  await post('/confirm', { id: phone.deviceId, code: codeOf(registered) })
  expect((await factors())['mayEnrol']).not.toContain('mobile-app')
  expect((await post('')).body).toMatchObject({ code: 'not-allowed' })
  const settings = await portal.store.portalSettings.read()
  await portal.store.portalSettings.change(
    { ...settings, methods: ['software-token'] },
    { id: null, name: 'test', address: null },
  )
  const bob = await portal.signIn(await portal.addUser('bob'))
  expect((await post('', {}, bob)).body).toMatchObject({ code: 'not-allowed' })
  await portal.store.portalSettings.change(
    { ...settings, version: settings.version + 1 },
    { id: null, name: 'test', address: null },
  )
  expect((await post('', {}, bob)).status).toBe(200)
  portal.pass(11 * minute)
  await portal.call('GET', '/api/portal/session', { cookie: bob })
  expect([401, 403]).toContain((await post('', {}, bob)).status)
})

test('the codes of the app are no token of their own: they cannot be taken from their device', async () => {
  const registered = await phone.register(await begin())
  await post('/confirm', { id: phone.deviceId, code: codeOf(registered) })
  alice = await portal.signIn(aliceId)
  const [token] = (await portal.store.oathTokens.list({ userId: aliceId, limit: 1 })).rows
  const removed = await portal.call('POST', '/api/portal/tokens/remove', { cookie: alice, body: { id: token?.id } })
  expect(removed.status).toBe(404)
  // The device is the last that there is, though it brought a token.
  const last = await portal.call('POST', '/api/portal/devices/remove', {
    cookie: alice,
    body: { id: phone.deviceId },
  })
  expect(last.body).toMatchObject({ code: 'in-use' })
})
