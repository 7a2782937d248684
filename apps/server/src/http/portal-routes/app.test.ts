import { createHash, generateKeyPairSync } from 'node:crypto'
import type { AppRequest } from '@sallyport/contract/portal'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDevice, type TestDevice } from '../test/app-device.ts'
import { startPortal, type TestPortal } from '../test/portal.ts'

let portal: TestPortal
let alice: string
let phone: TestDevice

beforeEach(async () => {
  portal = await startPortal()
  alice = await portal.addUser('alice')
  phone = createDevice(portal)
})
afterEach(() => portal.close())

const registered = async (userId = alice) => {
  const device = createDevice(portal)
  expect((await device.register(await portal.activate(userId))).status).toBe(200)
  return device
}
const shownOn = async (device: TestDevice) =>
  ((await device.call('GET', '/api/app/requests')).body['requests'] ?? []) as AppRequest[]
const ask = async (device: TestDevice, more: Parameters<TestPortal['engine']['ask']>[0] = {}) => {
  portal.engine.ask({ userId: alice, deviceIds: [device.deviceId], ...more })
  const [request] = await shownOn(device)
  if (request === undefined) throw new Error('the device is not asked')
  return request
}

describe('an activation', () => {
  test('makes a device somebody’s, with a token for its offline codes, and tells its secret this once', async () => {
    const answer = await phone.register(await portal.activate(alice))
    expect(answer.body).toMatchObject({ username: 'alice', name: 'Phone', offline: { digits: 6, stepSeconds: 30 } })
    const { rows } = await portal.store.oathTokens.list({ userId: alice, limit: 10 })
    expect(rows).toMatchObject([{ model: 'Mobile app', manufacturer: 'Sallyport' }])
    expect(portal.engine.changed).toEqual([alice])
    expect((await phone.call('GET', '/api/app/device')).text).not.toContain(
      (answer.body['offline'] as { secret: string }).secret,
    )
  })

  test('counts once: the second device with the same code is refused', async () => {
    const code = await portal.activate(alice)
    await phone.register(code)
    expect((await createDevice(portal).register(code)).body).toMatchObject({ code: 'activation-wrong' })
    expect(portal.refused('wrong-activation')).toBe(1)
  })

  test('is over after ten minutes, and void once another is made', async () => {
    const late = await portal.activate(alice)
    portal.pass(10 * 60_000)
    expect((await phone.register(late)).body).toMatchObject({ code: 'activation-wrong' })
    const first = await portal.activate(alice)
    const second = await portal.activate(alice)
    expect((await phone.register(first)).status).toBe(401)
    expect((await phone.register(second)).status).toBe(200)
  })

  test('is kept as a hash: the database does not hold the code', async () => {
    const code = await portal.activate(alice)
    const hash = createHash('sha256').update(code.replaceAll('-', '')).digest('hex')
    // Neither plain, nor under a hash that a table of codes would have.
    const { readFile } = await import('node:fs/promises')
    const files = await Promise.all(
      ['sallyport.db', 'sallyport.db-wal'].map((name) =>
        readFile(`${portal.dataDir}/${name}`).catch(() => Buffer.alloc(0)),
      ),
    )
    for (const text of [code, code.replaceAll('-', ''), hash])
      expect(files.some((file) => file.includes(text))).toBe(false)
  })

  test('is refused to a key that the request was not signed with', async () => {
    const code = await portal.activate(alice)
    const other = createDevice(portal)
    const body = { code, name: 'Phone', publicKey: other.publicKey }
    expect((await phone.call('POST', '/api/app/devices', body)).body).toMatchObject({ code: 'device-unknown' })
    expect(portal.refused('forged')).toBe(1)
  })

  test('is refused to a key of another curve, and to one written in another way than the usual', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    const foreign = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    const body = { code: await portal.activate(alice), name: 'Phone', publicKey: foreign }
    expect((await phone.call('POST', '/api/app/devices', body)).status).not.toBe(200)
  })

  test('makes no more devices than Company Settings allow, and leaves the code for when there is room', async () => {
    for (let made = 0; made < 5; made += 1) await registered()
    const code = await portal.activate(alice)
    expect((await phone.register(code)).body).toMatchObject({ code: 'too-many-devices' })
    const [oldest] = await portal.store.appDevices.list(alice)
    await portal.store.appDevices.remove(oldest?.id ?? '', { id: null, name: 'test', address: null })
    expect((await phone.register(code)).status).toBe(200)
  })
})

describe('a request of a device', () => {
  beforeEach(async () => {
    phone = await registered()
  })
  const own = (changes: Parameters<TestDevice['call']>[3]) => phone.call('GET', '/api/app/device', undefined, changes)

  test('that is signed as it should be is answered', async () => {
    expect((await phone.call('GET', '/api/app/device')).body).toMatchObject({ username: 'alice', name: 'Phone' })
  })

  test.each([
    ['another method', { method: 'DELETE' }],
    ['another path', { path: '/api/app/requests' }],
    ['another body', { bodyHash: createHash('sha256').update('{}').digest('base64url') }],
    ['another device', { deviceId: '0b9ab3c5-9a2c-4f5e-8e0e-3a6f6e8f1a11' }],
  ])('whose signature is over %s is refused as forged', async (_, signed) => {
    const nonce = 'AAAAAAAAAAAAAAAAAAAAAA'
    const { authorization = '' } = phone.headers('GET', '/api/app/device', undefined, { signed: { ...signed, nonce } })
    const sent = authorization.replace(/^(SallyportDevice) \S+/, `$1 ${phone.deviceId}`)
    const answer = await portal.call('GET', '/api/app/device', { headers: { authorization: sent } })
    expect(answer.body).toMatchObject({ code: 'device-unknown' })
    expect(portal.refused('forged')).toBe(1)
  })

  test('that is not signed, or not by its key, is refused like one of a device that does not exist', async () => {
    const missing = await portal.call('GET', '/api/app/device')
    const forged = await own({ signature: createDevice(portal).signText('anything') })
    const unknown = await own({ signed: { deviceId: '0b9ab3c5-9a2c-4f5e-8e0e-3a6f6e8f1a11' } })
    expect(new Set([missing, forged, unknown].map(({ status, body }) => `${status} ${String(body['code'])}`))).toEqual(
      new Set(['401 device-unknown']),
    )
    expect(['malformed', 'forged', 'unknown-device'].map((name) => portal.refused(name as 'forged'))).toEqual([1, 1, 1])
  })

  test('that comes twice is refused the second time, however long one waits within its time', async () => {
    const headers = phone.headers('GET', '/api/app/device')
    expect((await portal.call('GET', '/api/app/device', { headers })).status).toBe(200)
    for (const laterMs of [0, 60_000, 59_000]) {
      portal.pass(laterMs)
      expect((await portal.call('GET', '/api/app/device', { headers })).status).toBe(401)
    }
    expect(portal.refused('replayed')).toBe(3)
    portal.pass(2000)
    expect((await portal.call('GET', '/api/app/device', { headers })).body).toMatchObject({ code: 'clock-differs' })
  })

  test('that was signed ahead of time is not taken twice either', async () => {
    const headers = phone.headers('GET', '/api/app/device', undefined, {
      signed: { timestampMs: portal.now().getTime() + 119_000 },
    })
    expect((await portal.call('GET', '/api/app/device', { headers })).status).toBe(200)
    for (let passed = 0; passed < 4; passed += 1) {
      portal.pass(59_000)
      expect((await portal.call('GET', '/api/app/device', { headers })).status).toBe(401)
    }
    expect(portal.refused('replayed')).toBe(4)
  })

  test('that was signed too long ago, too far ahead, or before the server started, is late', async () => {
    const nowMs = portal.now().getTime()
    for (const timestampMs of [nowMs - 1, nowMs + 121_000]) {
      expect((await own({ signed: { timestampMs } })).body).toMatchObject({ code: 'clock-differs' })
    }
    portal.pass(300_000)
    expect((await own({ signed: { timestampMs: portal.now().getTime() - 121_000 } })).status).toBe(401)
    expect(portal.refused('late')).toBe(3)
  })

  test('that is one of too many in a minute is refused, and counted', async () => {
    const answers = []
    for (let sent = 0; sent < 245; sent += 1) answers.push((await own({})).status)
    expect(answers.filter((status) => status === 429)).toHaveLength(5)
    expect(portal.refused('flooded')).toBe(5)
  })

  test('of a device that was taken away is refused at once, and its token is gone', async () => {
    await portal.store.appDevices.remove(phone.deviceId, { id: null, name: 'test', address: null })
    expect((await phone.call('GET', '/api/app/device')).body).toMatchObject({ code: 'device-unknown' })
    expect((await portal.store.oathTokens.list({ userId: alice, limit: 10 })).rows).toEqual([])
  })

  test('can take the device itself away', async () => {
    expect((await phone.call('DELETE', '/api/app/device')).status).toBe(204)
    expect((await phone.call('GET', '/api/app/device')).status).toBe(401)
    expect(portal.engine.changed).toEqual([alice, alice])
  })

  test('names the place to push to, unless nothing may be sent there', async () => {
    const subscription = { endpoint: 'https://push.example.net/a', p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
    expect((await phone.call('PUT', '/api/app/device/push', { subscription })).status).toBe(204)
    expect(await portal.store.appDevices.pushOf([phone.deviceId])).toEqual([{ id: phone.deviceId, push: subscription }])
    await phone.call('PUT', '/api/app/device/push', { subscription: null })
    expect(await portal.store.appDevices.pushOf([phone.deviceId])).toEqual([])
  })
})

describe('a sign-in', () => {
  beforeEach(async () => {
    phone = await registered()
  })

  test('is shown to the devices that it asks, with what tells it from others', async () => {
    const request = await ask(phone, {
      applicationName: '<b>VPN</b>',
      matching: { kind: 'pick', choices: ['11', '22', '33'] },
    })
    expect(request).toMatchObject({
      application: '<b>VPN</b>',
      username: 'alice',
      place: '198.51.100.7',
      matching: { kind: 'pick', choices: ['11', '22', '33'] },
    })
    expect(await shownOn(await registered())).toEqual([])
  })

  test('is approved, denied or reported by what its device signed over all that it showed', async () => {
    for (const decision of ['approve', 'deny', 'fraud'] as const) {
      const request = await ask(phone)
      expect((await phone.decide(request, decision)).body).toEqual({ outcome: 'taken', number: null })
    }
    expect(portal.engine.decided).toMatchObject([
      { decision: 'approve', by: { kind: 'app', deviceId: phone.deviceId } },
      { decision: 'deny' },
      { decision: 'fraud' },
    ])
  })

  test.each([
    ['another sign-in', { requestId: '0b9ab3c5-9a2c-4f5e-8e0e-3a6f6e8f1a11' }],
    ['another device', { deviceId: '0b9ab3c5-9a2c-4f5e-8e0e-3a6f6e8f1a11' }],
    ['another decision', { decision: 'deny' as const }],
    ['another number', { number: '22' }],
    ['another application', { application: 'Payroll' }],
    ['another user', { username: 'bob' }],
    ['another place', { place: 'home' }],
    ['another time', { startedAt: '2026-11-23T09:59:59.000Z' }],
    ['another nonce', { serverNonce: 'A'.repeat(43) }],
  ])('is not decided by a signature over %s', async (_, statement) => {
    const request = await ask(phone, { matching: { kind: 'pick', choices: ['11', '22', '33'] } })
    const answer = await phone.decide(request, 'approve', { number: '11', statement })
    expect(answer.body).toEqual({ outcome: 'refused', number: null })
    expect(portal.engine.decided).toEqual([])
    expect(portal.refused('forged-decision')).toBe(1)
  })

  test('is not decided by what was signed for another sign-in that looks the same', async () => {
    const [first, second] = [await ask(phone), portal.engine.ask({ userId: alice, deviceIds: [phone.deviceId] })]
    const answer = await phone.decide(first, 'approve', { to: second.id })
    expect(answer.body).toEqual({ outcome: 'refused', number: null })
    expect(portal.engine.decided).toEqual([])
  })

  test('is not decided by another device: of another user, nor of the same one that it does not ask', async () => {
    const bob = await portal.addUser('bob')
    const request = await ask(phone)
    for (const other of [await registered(bob), await registered()]) {
      expect((await other.decide(request, 'approve')).body).toEqual({ outcome: 'unknown', number: null })
    }
    expect(portal.refused('not-yours')).toBe(2)
    expect(portal.engine.decided).toEqual([])
  })

  test('is not decided from outside where it asks no app', async () => {
    const other = portal.engine.ask({ userId: alice, deviceIds: [phone.deviceId], method: 'oath' })
    expect(await shownOn(phone)).toEqual([])
    const answer = await phone.decide({ ...(await ask(phone)), id: other.id }, 'approve')
    expect(answer.body).toMatchObject({ outcome: 'unknown' })
  })

  test('is decided once: the second approval is told so and reaches nobody', async () => {
    const request = await ask(phone)
    await phone.decide(request, 'approve')
    expect((await phone.decide(request, 'approve')).body).toEqual({ outcome: 'already-decided', number: null })
    expect(portal.engine.decided).toHaveLength(1)
    expect(portal.refused('already-decided')).toBe(1)
  })

  test('is over when it has ended, whatever was signed before', async () => {
    const request = await ask(phone)
    portal.engine.end(request.id, 'no-answer')
    expect((await phone.decide(request, 'approve')).body).toEqual({ outcome: 'expired', number: null })
    expect(portal.engine.decided).toEqual([])
  })

  test('that nobody knows is unknown', async () => {
    const request = await ask(phone)
    const answer = await phone.decide({ ...request, id: '0b9ab3c5-9a2c-4f5e-8e0e-3a6f6e8f1a11' }, 'approve')
    expect(answer.body).toEqual({ outcome: 'unknown', number: null })
  })

  test('with a number to pick is approved with one and denied without; the engine knows which is right', async () => {
    const matching = { kind: 'pick', choices: ['11', '22', '33'] } as const
    const first = await ask(phone, { matching })
    expect((await phone.decide(first, 'approve')).body).toMatchObject({ outcome: 'wrong-number' })
    expect(portal.engine.decided).toEqual([])
    await phone.decide(first, 'approve', { number: '22' })
    expect(portal.engine.decided).toMatchObject([{ number: '22' }])
    await phone.decide(await ask(phone, { matching }), 'deny')
    expect(portal.engine.decided).toHaveLength(2)
  })

  test('with a number to type tells it after the approval, and never before or to whoever denies', async () => {
    const matching = { kind: 'type', number: '47' } as const
    const request = await ask(phone, { matching })
    expect(request.matching).toEqual({ kind: 'type' })
    expect((await phone.decide(request, 'approve')).body).toEqual({ outcome: 'taken', number: '47' })
    expect((await phone.decide(await ask(phone, { matching }), 'deny')).body).toEqual({
      outcome: 'taken',
      number: null,
    })
  })

  test('hands a PIN on to whoever checks it, and lets the person try again', async () => {
    const request = await ask(phone, { withPin: true })
    portal.engine.answerWith('wrong-pin')
    expect((await phone.decide(request, 'approve', { pin: '0000' })).body).toEqual({
      outcome: 'wrong-pin',
      number: null,
    })
    portal.engine.answerWith('taken')
    expect((await phone.decide(request, 'approve', { pin: '2580' })).body).toMatchObject({ outcome: 'taken' })
    expect(portal.engine.decided.map(({ pin }) => pin)).toEqual(['0000', '2580'])
  })

  test.each(['expired', 'already-decided', 'wrong-number', 'not-yours'] as const)(
    'that the engine calls %s is refused under that name',
    async (outcome) => {
      portal.engine.answerWith(outcome)
      const { body } = await phone.decide(await ask(phone), 'approve')
      expect(body).toEqual({ outcome: outcome === 'not-yours' ? 'unknown' : outcome, number: null })
      expect(portal.refused(outcome)).toBe(1)
    },
  )
})
