/** Proving phone numbers and addresses over the portal's API and a real store: what counts, what is refused, and how often it may be tried. */
import { createHash } from 'node:crypto'
import { openStore, type PortalSessionKind } from '@sallyport/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallJob, Delivered, MailJob, TextJob } from '../../bus/delivery-jobs.ts'
import { proveByCall } from '../../prove-by-call.ts'
import { startPortal, type TestPortal } from '../test/portal.ts'

const actor = { id: null, name: 'test', address: null }
const minute = 60_000
const mine = '+4930901820'
const texts: TextJob[] = []
const mails: MailJob[] = []
const calls: CallJob[] = []
let delivered: Delivered
let portal: TestPortal
let aliceId: string
let alice: string

beforeEach(async () => {
  for (const each of [texts, mails, calls]) each.length = 0
  delivered = { kind: 'sent', gateway: 'G', reference: '1' }
  const take =
    <Job>(jobs: Job[]) =>
    (job: Job) => {
      jobs.push(job)
      return Promise.resolve(delivered)
    }
  const kinds = () => new Set(['text', 'call', 'email'] as const)
  portal = await startPortal({ reach: { text: take(texts), mail: take(mails), call: take(calls), kinds } })
  const company = await portal.store.company.settings()
  await portal.store.company.change({ ...company, methods: ['text', 'call', 'oath', 'email'] }, actor)
  await allow({ methods: ['text', 'call', 'email'] })
  aliceId = await portal.addUser('alice')
  alice = await signIn(aliceId)
})
afterEach(() => portal.close())

async function allow(change: object): Promise<void> {
  const saved = await portal.store.portalSettings.change(
    { ...(await portal.store.portalSettings.read()), ...change },
    actor,
  )
  if (!saved.ok) throw new Error(saved.problem)
}

let drawn = 0
async function signIn(userId: string, kind: PortalSessionKind = 'full'): Promise<string> {
  const token = `token ${String(drawn++)}`
  await portal.store.portalSessions.create({
    tokenHash: createHash('sha256').update(token).digest('hex'),
    ...{ userId, kind, address: '127.0.0.1', userAgent: 'test' },
    expiresAt: new Date(portal.now().getTime() + 24 * 60 * minute),
  })
  return `sallyport-portal=${token}`
}

const post = (path: string, body: unknown, cookie = alice, address?: string) =>
  portal.call('POST', `/api/portal/contact/${path}`, { cookie, body, ...(address === undefined ? {} : { address }) })
const byText = (value: string, cookie = alice, address?: string) =>
  post('proof', { place: 'phone', way: 'text', value, extension: '' }, cookie, address)
const byCall = (value: string, extension = '') => post('proof', { place: 'phone', way: 'call', value, extension })
const confirm = (code: string, place = 'phone', cookie = alice) => post('confirm', { place, code }, cookie)
const factors = async () => (await portal.store.people.standing(aliceId))?.factors
const codeIn = (text: string | undefined) => /\d{6}/.exec(text ?? '')?.[0] ?? ''
const wrong = (code: string) => (code === '000000' ? '000001' : '000000')
const placeOf = (body: unknown, place: string) =>
  (body as { places: { place: string }[] }).places.find((each) => each.place === place)
const keyIn = (keys: string) => {
  const unjudged = { judgeKeys: () => Promise.reject(new Error('a sign-in')), onNews: () => undefined }
  return proveByCall(portal.store.contacts, unjudged, () => undefined).judgeKeys({
    jobId: calls.at(-1)?.id ?? '',
    keys,
  })
}

test('nobody without a session reads, proves or removes anything', async () => {
  expect((await portal.call('GET', '/api/portal/contact')).status).toBe(401)
  for (const path of ['proof', 'confirm', 'call', 'remove']) {
    expect((await portal.call('POST', `/api/portal/contact/${path}`, { body: {} })).status).toBe(401)
  }
})

describe('a number for texts', () => {
  test('counts once the code that was sent to it is typed, and not before', async () => {
    const { status, text } = await byText('+49 30 901820')
    expect(status).toBe(200)
    expect(texts).toMatchObject([{ to: mine, wantReply: false }])
    expect(text).not.toContain(codeIn(texts[0]?.text))
    expect(await factors()).toMatchObject({ phone: '' })
    const done = await confirm(codeIn(texts[0]?.text))
    expect(placeOf(done.body, 'phone')).toMatchObject({ value: mine })
    expect(await factors()).toMatchObject({ phone: mine })
    expect(portal.notices).toEqual([{ topic: 'users', ids: [aliceId] }])
    expect((await confirm(codeIn(texts[0]?.text))).status).toBe(404)
  })

  test('stands in the audit trail as its owner’s doing, without the code; the other sessions end', async () => {
    const elsewhere = await signIn(aliceId)
    await byText(mine)
    await confirm(codeIn(texts[0]?.text))
    const { rows } = await portal.store.audit.list({ limit: 1 })
    expect(rows[0]).toMatchObject({ administrator: 'alice (portal)', subjectKind: 'user', after: { phone: mine } })
    expect(JSON.stringify(rows)).not.toContain(codeIn(texts[0]?.text))
    expect((await portal.call('GET', '/api/portal/contact', { cookie: elsewhere })).status).toBe(401)
  })

  test('is over after the fifth wrong code: the right one does not help any more', async () => {
    await byText(mine)
    const code = codeIn(texts[0]?.text)
    for (let tries = 1; tries < 5; tries++) {
      expect((await confirm(wrong(code))).body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'code' }] })
    }
    expect((await confirm(wrong(code))).status).toBe(404)
    expect((await confirm(code)).status).toBe(404)
    expect(await factors()).toMatchObject({ phone: '' })
  })

  test('takes no more than five of many codes that come at the same time', async () => {
    await byText(mine)
    const code = codeIn(texts[0]?.text)
    const guesses = Array.from({ length: 20 }, () => confirm(wrong(code)))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 400)).toHaveLength(4)
    expect((await confirm(code)).status).toBe(404)
  })

  test('is put in force once of two right answers at the same time', async () => {
    await byText(mine)
    const code = codeIn(texts[0]?.text)
    const statuses = (await Promise.all([confirm(code), confirm(code)])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 404])
  })

  test('is over after ten minutes, and with the next code for that place', async () => {
    await byText(mine)
    await byText('+4930901821')
    const [first, second] = texts.map(({ text }) => codeIn(text))
    if (first !== second) expect((await confirm(first ?? '')).status).toBe(400)
    portal.pass(10 * minute)
    expect((await confirm(second ?? '')).status).toBe(404)
    expect(await factors()).toMatchObject({ phone: '' })
  })

  test('is proven in the session that asked for it', async () => {
    await byText(mine)
    expect((await confirm(codeIn(texts[0]?.text), 'phone', await signIn(aliceId))).status).toBe(404)
    expect((await confirm(codeIn(texts[0]?.text), 'backup')).status).toBe(404)
    const bob = await signIn(await portal.addUser('bob'))
    expect((await confirm(codeIn(texts[0]?.text), 'phone', bob)).status).toBe(404)
    expect((await confirm(codeIn(texts[0]?.text))).status).toBe(200)
  })

  test('that is changed: the old number is told, and the mail address', async () => {
    await portal.store.contacts.begin(proofOf('email', 'alice@example.com'), []).then(putIt)
    await portal.store.contacts.begin(proofOf('phone', '+4930111111'), []).then(putIt)
    await byText(mine)
    await confirm(codeIn(texts[0]?.text))
    expect(texts[1]).toMatchObject({ to: '+4930111111' })
    expect(texts[1]?.text).toContain('changed')
    expect(mails).toMatchObject([{ to: 'alice@example.com' }])
  })

  test('that nothing can be sent to is told apart from a gateway that is out', async () => {
    delivered = { kind: 'failed', problems: [], retryable: false }
    expect((await byText(mine)).body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'value' }] })
    delivered = { kind: 'failed', problems: [], retryable: true }
    portal.pass(minute)
    expect((await byText(mine)).body).toMatchObject({ code: 'unavailable' })
  })
})

const proofOf = (place: 'phone' | 'email', value: string) => ({
  ...{ userId: aliceId, place, way: 'text' as const, value, extension: '', code: '123456', sessionHash: 'x' },
  ...{ network: 'x', expiresAt: new Date(portal.now().getTime() + minute) },
})
async function putIt(begun: { readonly id: string } | number): Promise<void> {
  if (typeof begun !== 'number') await portal.store.contacts.put(begun.id, actor)
}

describe('sending', () => {
  test('to one number ends soon, whoever asks: a stranger’s phone does not ring all day', async () => {
    let sent = 0
    for (let user = 0; user < 5; user++) {
      const cookie = await signIn(await portal.addUser(`flooder ${String(user)}`))
      for (let tries = 0; tries < 2; tries++) {
        const { status, headers } = await byText(mine, cookie, `198.51.100.${String(user)}`)
        if (status === 200) sent++
        else expect(status === 429 && Number(headers['retry-after']) > 0).toBe(true)
        portal.pass(31_000)
      }
    }
    expect(sent).toBe(3)
    expect(texts).toHaveLength(3)
  })

  test('by one user ends soon, whatever the number: nobody is called for money', async () => {
    let sent = 0
    for (let number = 0; number < 20; number++) {
      if ((await byText(`+4930${String(1_000_000 + number)}`)).status === 200) sent++
    }
    expect(sent).toBe(5)
  })

  test('is counted across a restart, and so are the tries of a code', async () => {
    await byText(mine)
    const code = codeIn(texts[0]?.text)
    for (let tries = 0; tries < 4; tries++) await confirm(wrong(code))
    const again = await openStore({ dataDir: portal.dataDir, clock: portal.now })
    try {
      const sessionHash = createHash('sha256').update(alice.slice('sallyport-portal='.length)).digest('hex')
      const key = { userId: aliceId, place: 'phone', sessionHash } as const
      expect(await again.contacts.takeTry(key, 5)).toMatchObject({ tries: 5, code })
      expect(await again.contacts.takeTry(key, 5)).toBeNull()
      const limit = { by: 'target', withinMs: minute, atMost: 1 } as const
      expect(await again.contacts.begin({ ...proofOf('phone', mine), userId: aliceId }, [limit])).toBe(60)
    } finally {
      await again.close()
    }
  })

  test('goes where the administrator lets it go', async () => {
    await allow({ phonePrefixes: ['+49', '+43'] })
    expect((await byText('+882161234567')).body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'value' }] })
    expect((await byText(mine)).status).toBe(200)
    expect(texts).toHaveLength(1)
  })

  test('is refused for ways that are not allowed, and for numbers that are none', async () => {
    await allow({ methods: ['call'] })
    expect((await byText(mine)).body).toMatchObject({ code: 'not-allowed' })
    const mail = { place: 'email', way: 'email', value: 'a@example.com' }
    expect((await post('proof', mail)).body).toMatchObject({ code: 'not-allowed' })
    expect((await byCall('0309018')).body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'value' }] })
    expect(texts).toHaveLength(0)
  })
})

describe('a number for calls', () => {
  test('counts once the code on the screen was keyed in during the call', async () => {
    const { body } = await byCall(mine, '12')
    expect(calls).toMatchObject([{ to: mine, extension: '12', mode: 'pin', purpose: 'proof' }])
    expect((await post('call', { place: 'phone' })).body).toEqual({ kind: 'calling' })
    // Typing on the screen what the screen shows proves nothing.
    expect((await confirm(String(body['code']))).status).toBe(404)
    expect(await keyIn(wrong(String(body['code'])))).toBe('again')
    expect(await keyIn(String(body['code']))).toBe('accepted')
    expect(await factors()).toMatchObject({ phone: '' })
    expect((await post('call', { place: 'phone' })).body).toMatchObject({ kind: 'done' })
    expect(await factors()).toMatchObject({ phone: mine, phoneExtension: '12' })
    expect((await post('call', { place: 'phone' })).body).toEqual({ kind: 'over' })
  })

  test('does not count for # alone, and a call that nobody took is over', async () => {
    await byCall(mine)
    expect(await keyIn('')).toBe('again')
    const idle = { judgeKeys: () => Promise.resolve('refused' as const), onNews: () => undefined }
    const jobId = calls[0]?.id ?? ''
    proveByCall(portal.store.contacts, idle, () => undefined).onNews({ kind: 'call', jobId, event: 'no-answer' })
    await expect.poll(async () => (await post('call', { place: 'phone' })).body).toEqual({ kind: 'over' })
  })
})

describe('a mail address', () => {
  test('counts once its code is typed; the old one is told', async () => {
    await portal.store.contacts.begin(proofOf('email', 'old@example.com'), []).then(putIt)
    await post('proof', { place: 'email', way: 'email', value: 'New@example.com' })
    expect(mails).toMatchObject([{ to: 'New@example.com' }])
    expect((await confirm(codeIn(mails[0]?.text), 'email')).status).toBe(200)
    expect((await portal.store.users.byId(aliceId))?.email).toBe('New@example.com')
    expect(mails[1]).toMatchObject({ to: 'old@example.com' })
  })
})

test('a session that came by a link sets up what is not there, and neither changes nor reads what is', async () => {
  const link = await signIn(aliceId, 'enrolment')
  await byText(mine, link)
  expect((await confirm(codeIn(texts[0]?.text), 'phone', link)).status).toBe(200)
  const { body, text } = await portal.call('GET', '/api/portal/contact', { cookie: link })
  expect(placeOf(body, 'phone')).toMatchObject({ value: '…820', ways: [], removable: false })
  expect(text).not.toContain(mine)
  portal.pass(minute)
  expect((await byText('+4930901821', link)).body).toMatchObject({ code: 'not-allowed' })
  expect((await post('remove', { place: 'phone' }, link)).body).toMatchObject({ code: 'not-allowed' })
})

test('a factor that was proven ten minutes ago is not enough to change a number, or to confirm one', async () => {
  await byText(mine)
  portal.pass(10 * minute + 1)
  expect((await confirm(codeIn(texts[0]?.text))).body).toMatchObject({ code: 'proof-needed' })
  expect((await byText(mine)).body).toMatchObject({ code: 'proof-needed' })
  expect((await post('remove', { place: 'phone' })).body).toMatchObject({ code: 'proof-needed' })
})

test('the last thing that one can be asked by stays; what is not the last goes, and its owner is told', async () => {
  await byText(mine)
  await confirm(codeIn(texts[0]?.text))
  expect((await post('remove', { place: 'phone' })).body).toMatchObject({ code: 'in-use' })
  await post('proof', { place: 'email', way: 'email', value: 'a@example.com' })
  await confirm(codeIn(mails[0]?.text), 'email')
  expect((await post('remove', { place: 'phone' })).status).toBe(200)
  expect(await factors()).toMatchObject({ phone: '' })
  expect(texts.at(-1)).toMatchObject({ to: mine })
})
