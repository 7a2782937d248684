/** What people change of their own second factors, over the portal's API and a real store. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodeBase32 } from '../../oath/otpauth.ts'
import { totpCode } from '../../oath/totp.ts'
import { startPortal, type TestPortal } from '../test/portal.ts'

const actor = { id: null, name: 'test', address: null }
const made = { algorithm: 'SHA-1', digits: 6, stepSeconds: 30 } as const
const seed = Buffer.from('12345678901234567890')
const minute = 60_000
let portal: TestPortal
let aliceId: string
let alice: string
beforeEach(async () => {
  portal = await startPortal()
  aliceId = await portal.addUser('alice')
  alice = await portal.signIn(aliceId)
})
afterEach(() => portal.close())

const post = (path: string, body: unknown, cookie = alice) =>
  portal.call('POST', `/api/portal/${path}`, { cookie, body })
const read = async (cookie = alice) => (await portal.call('GET', '/api/portal/factors', { cookie })).body
const codeOf = (secret: Uint8Array, stepsAhead = 0) =>
  totpCode({ ...made, secret }, portal.now().getTime() + stepsAhead * 30_000)

async function give(userId: string | null, serialNumber: string): Promise<string> {
  const fields = { ...made, serialNumber, manufacturer: 'Acme', model: 'T1', userId, secret: seed }
  const token = await portal.store.oathTokens.create(fields, actor)
  if (!token.ok) throw new Error(token.problem)
  return token.value.id
}

async function enrol(cookie = alice) {
  const { body } = await post('tokens/software', {}, cookie)
  const secret = decodeBase32(String(body['secret'])) ?? new Uint8Array()
  return { secret, confirm: (code: string) => post('tokens/software/confirm', { name: 'My phone', code }, cookie) }
}

test('nobody without a session reads or changes anything', async () => {
  for (const [method, path] of [
    ['GET', 'factors'],
    ['POST', 'tokens/software'],
    ['POST', 'tokens/software/confirm'],
    ['POST', 'tokens/hardware'],
    ['POST', 'tokens/resynchronise'],
    ['POST', 'tokens/remove'],
    ['POST', 'devices/rename'],
    ['POST', 'devices/remove'],
    ['PUT', 'language'],
  ] as const) {
    expect((await portal.call(method, `/api/portal/${path}`, method === 'GET' ? {} : { body: {} })).status).toBe(401)
  }
})

describe('a software token', () => {
  test('counts once a code of its secret is right, which is used up by that', async () => {
    const { secret, confirm } = await enrol()
    expect(secret).toHaveLength(20)
    expect(await read()).toMatchObject({ tokens: [] })
    expect((await confirm('000000')).body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'code' }] })
    expect(await read()).toMatchObject({ tokens: [] })
    const done = await confirm(codeOf(secret))
    expect(done.body).toMatchObject({ tokens: [{ name: 'My phone', type: 'totp', software: true }] })
    const [token] = (await portal.store.oathTokens.list({ userId: aliceId, limit: 1 })).rows
    expect(token?.lastUsedStep).toBe(Math.floor(portal.now().getTime() / 30_000))
    expect(portal.notices).toEqual([{ topic: 'users', ids: [aliceId] }])
    expect((await confirm(codeOf(secret))).status).toBe(404)
  })

  test('stands in the audit trail as its owner’s doing, without its secret; the owner’s other sessions end', async () => {
    const elsewhere = await portal.signIn(aliceId)
    const { secret, confirm } = await enrol()
    await confirm(codeOf(secret))
    const { rows } = await portal.store.audit.list({ limit: 1 })
    expect(rows[0]).toMatchObject({ administrator: 'alice (portal)', action: 'created', subjectKind: 'oath-token' })
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(secret).toString('hex'))
    expect((await portal.call('GET', '/api/portal/factors', { cookie: elsewhere })).status).toBe(401)
    expect((await portal.call('GET', '/api/portal/factors', { cookie: alice })).status).toBe(200)
  })

  test('is enrolled in the session that drew its secret', async () => {
    const { secret } = await enrol()
    const other = await portal.signIn(aliceId)
    expect((await post('tokens/software/confirm', { name: '', code: codeOf(secret) }, other)).status).toBe(404)
    await enrol(other)
    expect((await post('tokens/software/confirm', { name: '', code: codeOf(secret) }, other)).status).toBe(400)
  })

  test('is made once of two answers that come at the same time', async () => {
    const { secret, confirm } = await enrol()
    const statuses = (await Promise.all([confirm(codeOf(secret)), confirm(codeOf(secret))])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 404])
    expect((await portal.store.oathTokens.list({ userId: aliceId, limit: 9 })).rows).toHaveLength(1)
  })

  test('of which there are ten is enough, and none where the settings do not allow any', async () => {
    for (let count = 0; count < 10; count++) await give(aliceId, `T${String(count)}`)
    expect((await post('tokens/software', {})).body).toMatchObject({ code: 'not-allowed' })
    const settings = await portal.store.portalSettings.read()
    await portal.store.portalSettings.change({ ...settings, methods: ['hardware-token'] }, actor)
    const bob = await portal.signIn(await portal.addUser('bob'))
    expect(await read(bob)).toMatchObject({ mayEnrol: ['hardware-token'] })
    expect((await post('tokens/software', {}, bob)).body).toMatchObject({ code: 'not-allowed' })
  })
})

describe('a hardware token', () => {
  test('is taken by its serial number and a code, which is used up by that', async () => {
    await give(null, 'HW-1')
    const code = codeOf(seed)
    const taken = await post('tokens/hardware', { serialNumber: 'hw-1', code })
    expect(taken.body).toMatchObject({ tokens: [{ serialNumber: 'HW-1', name: 'Acme T1', software: false }] })
    const id = String((await portal.store.oathTokens.bySerialNumber('HW-1'))?.id)
    const again = await post('tokens/resynchronise', { id, firstCode: codeOf(seed, -1), secondCode: code })
    expect(again.body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'secondCode' }] })
  })

  test('that is somebody’s, or unknown, or shows another code, looks the same; guessing ends soon', async () => {
    await give(await portal.addUser('bob'), 'BOBS')
    await give(null, 'FREE')
    const answers = [
      await post('tokens/hardware', { serialNumber: 'BOBS', code: codeOf(seed) }),
      await post('tokens/hardware', { serialNumber: 'NONE', code: codeOf(seed) }),
      await post('tokens/hardware', { serialNumber: 'FREE', code: '000000' }),
    ]
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'serialNumber' }] })
    for (let tries = 0; tries < 7; tries++) await post('tokens/hardware', { serialNumber: 'FREE', code: '000000' })
    expect((await post('tokens/hardware', { serialNumber: 'FREE', code: codeOf(seed) })).status).toBe(429)
  })

  test('that was lent goes back when its holder removes it', async () => {
    await give(null, 'HW-1')
    await enrol().then(({ secret, confirm }) => confirm(codeOf(secret)))
    const { body } = await post('tokens/hardware', { serialNumber: 'HW-1', code: codeOf(seed) })
    const tokens = body['tokens'] as readonly { readonly id: string; readonly serialNumber: string }[]
    const id = tokens.find(({ serialNumber }) => serialNumber === 'HW-1')?.id
    expect((await post('tokens/remove', { id })).body).toMatchObject({ tokens: [{ software: true }] })
    expect(await portal.store.oathTokens.bySerialNumber('HW-1')).toMatchObject({ userId: null })
  })
})

describe('what one has', () => {
  test('comes back into step by two codes in a row', async () => {
    const id = await give(aliceId, 'SLOW')
    const codes = { firstCode: codeOf(seed, 40), secondCode: codeOf(seed, 41) }
    expect((await post('tokens/resynchronise', { id, ...codes })).status).toBe(200)
    expect(await portal.store.oathTokens.byId(id)).toMatchObject({ driftSteps: 41 })
  })

  test('is nobody else’s to change', async () => {
    const bobs = await give(await portal.addUser('bob'), 'BOBS')
    await give(aliceId, 'MINE')
    const codes = { firstCode: codeOf(seed), secondCode: codeOf(seed, 1) }
    expect((await post('tokens/resynchronise', { id: bobs, ...codes })).status).toBe(404)
    expect((await post('tokens/remove', { id: bobs })).status).toBe(404)
    expect(await portal.store.oathTokens.byId(bobs)).toMatchObject({ serialNumber: 'BOBS' })
  })

  test('keeps its last factor', async () => {
    const id = await give(aliceId, 'ONLY')
    expect((await post('tokens/remove', { id })).body).toMatchObject({ code: 'in-use' })
    await give(aliceId, 'OTHER')
    expect((await post('tokens/remove', { id })).status).toBe(200)
  })

  test('is changed by whoever proved a factor within ten minutes', async () => {
    const id = await give(aliceId, 'ONE')
    await give(aliceId, 'TWO')
    portal.pass(10 * minute + 1)
    for (const [path, body] of [
      ['tokens/remove', { id }],
      ['tokens/software', {}],
      ['tokens/hardware', { serialNumber: 'ANY', code: '123456' }],
      ['tokens/resynchronise', { id, firstCode: '111111', secondCode: '222222' }],
    ] as const) {
      expect((await post(path, body)).body).toMatchObject({ status: 403, code: 'proof-needed' })
    }
    expect(await read()).toMatchObject({ tokens: [{ serialNumber: 'ONE' }, { serialNumber: 'TWO' }] })
  })
})

test('a session that came by a link enrols, and changes nothing that was there', async () => {
  const link = await portal.signIn(aliceId, 'enrolment')
  const id = await give(aliceId, 'ONE')
  await give(aliceId, 'TWO')
  const codes = { firstCode: codeOf(seed), secondCode: codeOf(seed, 1) }
  expect((await post('tokens/remove', { id }, link)).body).toMatchObject({ code: 'not-allowed' })
  expect((await post('tokens/resynchronise', { id, ...codes }, link)).body).toMatchObject({ code: 'not-allowed' })
  expect((await post('devices/remove', { id }, link)).body).toMatchObject({ code: 'not-allowed' })
  const language = await portal.call('PUT', '/api/portal/language', { cookie: link, body: { language: 'de' } })
  expect(language.body).toMatchObject({ code: 'not-allowed' })
  const { secret, confirm } = await enrol(link)
  expect((await confirm(codeOf(secret))).status).toBe(200)
})

test('each field that is wrong is named', async () => {
  const id = await give(aliceId, 'ONE')
  const codes = { firstCode: '123456', secondCode: '123456' }
  for (const [path, body, field] of [
    ['tokens/software/confirm', { name: '', code: '12345' }, 'code'],
    ['tokens/software/confirm', { name: 'x'.repeat(65), code: '123456' }, 'name'],
    ['tokens/hardware', { serialNumber: ' ', code: '123456' }, 'serialNumber'],
    ['tokens/hardware', { serialNumber: 'A', code: 'abcdef' }, 'code'],
    ['tokens/resynchronise', { ...codes, id: 'x' }, 'id'],
    ['tokens/resynchronise', { ...codes, id, secondCode: '1' }, 'secondCode'],
    ['tokens/remove', { id: 'x' }, 'id'],
    ['tokens/remove', { id, userId: id }, 'userId'],
    ['devices/rename', { id, name: ' ' }, 'name'],
  ] as const) {
    expect((await post(path, body)).body).toMatchObject({ status: 400, errors: [{ path: field }] })
  }
  const language = await portal.call('PUT', '/api/portal/language', { cookie: alice, body: { language: '<b>' } })
  expect(language.body).toMatchObject({ status: 400, errors: [{ path: 'language' }] })
})

test('the language is the user’s from then on, and the engine is told', async () => {
  const said = await portal.call('PUT', '/api/portal/language', { cookie: alice, body: { language: 'de' } })
  expect(said.body).toMatchObject({ language: 'de' })
  expect(portal.notices).toEqual([{ topic: 'users', ids: [aliceId] }])
  const { rows } = await portal.store.audit.list({ limit: 1 })
  expect(rows[0]).toMatchObject({ before: { language: '' }, after: { language: 'de' } })
})
