/** People's own order and modes, the bypass that they give themselves, and their fraud reports, over the portal's API and a real store. */
import { createHash, randomUUID } from 'node:crypto'
import { openJournal, openMover, type SignInRecord } from '@sallyport/store/engine'
import type { PortalSessionKind } from '@sallyport/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MailJob } from '../../bus/delivery-jobs.ts'
import { startPortal, type TestPortal } from '../test/portal.ts'

const actor = { id: null, name: 'test', address: null }
const minute = 60_000
const mails: MailJob[] = []
let portal: TestPortal
let aliceId: string
let alice: string

beforeEach(async () => {
  mails.length = 0
  const failed = () => Promise.resolve({ kind: 'failed', problems: [], retryable: true } as const)
  const mail = (job: MailJob) => {
    mails.push(job)
    return Promise.resolve({ kind: 'sent', gateway: 'G', reference: '1' } as const)
  }
  portal = await startPortal({ reach: { text: failed, call: failed, mail, kinds: () => new Set() } })
  aliceId = await portal.addUser('alice')
  const { user, factors } = await standing()
  await portal.store.people.changeFactors(aliceId, { ...factors, phone: '+4930901820', version: user.version }, actor)
  alice = await signIn(aliceId)
})
afterEach(() => portal.close())

async function standing() {
  const found = await portal.store.people.standing(aliceId)
  if (found === null) throw new Error('nobody is there')
  return found
}
async function allow(change: object): Promise<void> {
  const now = await portal.store.portalSettings.read()
  const saved = await portal.store.portalSettings.change({ ...now, ...change }, actor)
  if (!saved.ok) throw new Error(saved.problem)
}
async function company(change: object): Promise<void> {
  const now = await portal.store.company.settings()
  await portal.store.company.change({ ...now, ...change }, actor)
}

let drawn = 0
async function signIn(userId: string, kind: PortalSessionKind = 'full'): Promise<string> {
  const token = `token ${String(drawn++)}`
  await portal.store.portalSessions.create({
    tokenHash: createHash('sha256').update(token).digest('hex'),
    ...{ userId, kind, address: '127.0.0.1', userAgent: 'test' },
    expiresAt: new Date(portal.now().getTime() + 48 * 60 * minute),
  })
  return `sallyport-portal=${token}`
}

const send = (method: string, path: string, body: unknown, cookie = alice) =>
  portal.call(method, `/api/portal/${path}`, { cookie, ...(method === 'GET' ? {} : { body }) })
const order = (methods: readonly string[], cookie = alice) => send('PUT', 'methods/order', { methods }, cookie)
const modes = (textMode: string | null, callMode: string | null) => send('PUT', 'methods/modes', { textMode, callMode })
const give = (seconds: number, cookie = alice) => send('POST', 'bypass', { seconds }, cookie)
const report = (signInId: string, cookie = alice) => send('POST', 'fraud-reports', { signInId }, cookie)

test('nobody without a session reads or changes anything', async () => {
  for (const [method, path] of [
    ['GET', 'methods'],
    ['PUT', 'methods/order'],
    ['PUT', 'methods/modes'],
    ['GET', 'bypass'],
    ['POST', 'bypass'],
    ['POST', 'bypass/end'],
    ['GET', 'sign-ins'],
    ['POST', 'fraud-reports'],
  ] as const) {
    expect((await send(method, path, {}, '')).status).toBe(401)
  }
})

describe('one’s own order', () => {
  test('is kept, audited and in force, and says what cannot be used yet', async () => {
    const { body } = await order(['call', 'oath', 'push', 'text'])
    expect(body).toMatchObject({
      methods: [
        { method: 'call', missing: null },
        { method: 'oath', missing: 'no-token' },
        { method: 'push', missing: 'no-device' },
        { method: 'text', missing: null },
      ],
    })
    const { factorOrder, factors } = await standing()
    expect([factorOrder, factors.factorMethods]).toEqual([['call', 'oath', 'push', 'text'], []])
    expect(portal.notices).toEqual([{ topic: 'users', ids: [aliceId] }])
    const { rows } = await portal.store.audit.list({ limit: 1 })
    expect(rows[0]).toMatchObject({ administrator: 'alice (portal)', subjectKind: 'user' })
  })

  test('is an order and no choice: what the company allows later comes last, and what it takes away is gone', async () => {
    await order(['call', 'oath', 'push', 'text'])
    const shown = async () => {
      const { body } = await send('GET', 'methods', undefined)
      return (body as { methods: { method: string }[] }).methods.map(({ method }) => method)
    }
    await company({ methods: ['email', 'push', 'oath', 'text', 'call'] })
    expect(await shown()).toEqual(['call', 'oath', 'push', 'text', 'email'])
    await company({ methods: ['email', 'text', 'call'] })
    expect(await shown()).toEqual(['call', 'text', 'email'])
  })

  test('gives way to the methods that an administrator chooses later', async () => {
    await order(['call', 'oath', 'push', 'text'])
    const { user, factors } = await standing()
    const input = { ...factors, factorMethods: ['text', 'call'] as const, version: user.version }
    await portal.store.people.changeFactors(aliceId, { ...input, factorMethods: [...input.factorMethods] }, actor)
    expect((await send('GET', 'methods', undefined)).body).toMatchObject({
      methods: [{ method: 'text' }, { method: 'call' }],
    })
  })

  test('gives nobody a method that was not theirs, and takes none away', async () => {
    const { user, factors } = await standing()
    const { version } = user
    await portal.store.people.changeFactors(aliceId, { ...factors, factorMethods: ['call', 'text'], version }, actor)
    for (const methods of [['text'], ['text', 'call', 'email'], ['text', 'text'], ['email', 'text']]) {
      expect((await order(methods)).status).toBe(400)
    }
    expect((await order(['text', 'call'])).status).toBe(200)
  })

  test('is for administrators to choose where they say so, and wants a recent factor of a full session', async () => {
    await allow({ chooseOrder: false })
    expect((await order(['text', 'call', 'push', 'oath'])).body).toMatchObject({ code: 'not-allowed' })
    await allow({ chooseOrder: true })
    const link = await signIn(aliceId, 'enrolment')
    expect((await order(['text', 'call', 'push', 'oath'], link)).body).toMatchObject({ code: 'not-allowed' })
    portal.pass(10 * minute + 1)
    expect((await order(['text', 'call', 'push', 'oath'])).body).toMatchObject({ code: 'proof-needed' })
  })
})

describe('one’s own modes', () => {
  test('are chosen where that is allowed, never below what the company wants', async () => {
    expect((await modes('two-way', null)).body).toMatchObject({ code: 'not-allowed' })
    await allow({ chooseModes: true })
    expect((await modes('two-way', null)).body).toMatchObject({ textMode: 'two-way', callMode: null })
    await company({ callMode: 'pin' })
    expect((await modes(null, 'standard')).body).toMatchObject({ errors: [{ path: 'callMode' }] })
    expect((await standing()).factors).toMatchObject({ textMode: 'two-way', callMode: null })
  })

  test('do not lock their owner out', async () => {
    await allow({ chooseModes: true })
    await company({ methods: ['call'] })
    expect((await modes(null, 'pin')).body).toMatchObject({ code: 'in-use' })
  })
})

describe('a bypass for oneself', () => {
  test('is given by nobody until an administrator allows it', async () => {
    expect((await send('GET', 'bypass', {})).body).toMatchObject({ secondsAtMost: 0, openUntil: null })
    expect((await give(60)).body).toMatchObject({ code: 'not-allowed' })
  })

  test('lasts as long as is allowed, is audited, and its owner is told by mail', async () => {
    await allow({ ownBypassSeconds: 300 })
    const { user } = await standing()
    await portal.store.users.change(aliceId, { ...user, email: 'alice@example.com' }, actor)
    expect((await give(301)).body).toMatchObject({ errors: [{ path: 'seconds' }] })
    const openUntil = new Date(portal.now().getTime() + 300_000).toISOString()
    expect((await give(300)).body).toMatchObject({ openUntil, left: 2 })
    const [bypass] = (await standing()).bypasses
    expect(bypass).toMatchObject({ givenBy: 'alice (portal)', state: 'open' })
    const { rows } = await portal.store.audit.list({ limit: 1 })
    expect(rows[0]).toMatchObject({ action: 'bypassed', administrator: 'alice (portal)' })
    await expect.poll(() => mails).toMatchObject([{ to: 'alice@example.com' }])
  })

  test('is one at a time, three a day, and can be taken back', async () => {
    await allow({ ownBypassSeconds: 60 })
    const statuses = (await Promise.all([give(60), give(60)])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 409])
    expect((await send('POST', 'bypass/end', {})).body).toMatchObject({ openUntil: null, left: 2 })
    for (let count = 0; count < 2; count++) {
      expect((await give(60)).status).toBe(200)
      await send('POST', 'bypass/end', {})
    }
    expect((await give(60)).status).toBe(429)
  })

  test('wants a factor that was proven within ten minutes, and is for no session that came by a link', async () => {
    await allow({ ownBypassSeconds: 60 })
    expect((await give(60, await signIn(aliceId, 'enrolment'))).body).toMatchObject({ code: 'not-allowed' })
    portal.pass(10 * minute + 1)
    expect((await give(60)).body).toMatchObject({ code: 'proof-needed' })
    expect((await standing()).bypasses).toHaveLength(0)
  })
})

/** A sign-in as the engine would record it. */
function recordSignIn(userId: string, atMs: number): string {
  const id = randomUUID()
  const record: SignInRecord = {
    ...{ id, atMs, username: 'alice', userId, userName: 'alice', clientId: 'office', clientName: 'Office VPN' },
    ...{ clientAddress: '192.0.2.1', callingStation: '198.51.100.9', method: 'pap', factor: null },
    ...{ result: 'accepted', reason: 'code-alone', durationMs: 1, count: 1, roundNumber: 1, roundJson: null },
    roundAtMs: atMs,
  }
  const journal = openJournal({ dataDir: portal.dataDir })
  journal.append([{ kind: 'sign-in', signIn: record }])
  journal.close()
  const mover = openMover({ dataDir: portal.dataDir })
  mover.move(10)
  mover.close()
  return id
}

describe('a report that a sign-in was not one’s own', () => {
  test('is written down as the app’s, blocks as Company Settings say, and ends the session', async () => {
    const id = recordSignIn(aliceId, portal.now().getTime())
    expect((await report(id)).body).toEqual({ blocked: true })
    const { rows } = await portal.store.people.fraudReports({ limit: 5, state: 'open' })
    expect(rows).toMatchObject([{ signInId: id, via: 'portal', applicationName: 'Office VPN', blocked: true }])
    expect((await standing()).blocks).toMatchObject([{ source: 'fraud-report', inForce: true }])
    expect(portal.notices).toEqual([{ topic: 'users', ids: [aliceId] }])
    expect((await send('GET', 'bypass', {})).status).toBe(401)
  })

  test('is taken once, of one’s own, while it is recent, and where reports are allowed', async () => {
    await company({ fraud: { allowReports: true, blockUser: false, phoneCode: '0', notify: [] } })
    const bobs = recordSignIn(await portal.addUser('bob'), portal.now().getTime())
    const old = recordSignIn(aliceId, portal.now().getTime() - 8 * 24 * 60 * minute)
    const mine = recordSignIn(aliceId, portal.now().getTime())
    for (const id of [bobs, old, randomUUID()]) expect((await report(id)).status).toBe(404)
    const listed = { id: mine, application: 'Office VPN', callingStation: '198.51.100.9', accepted: true }
    expect((await send('GET', 'sign-ins', {})).body).toMatchObject({ rows: [{ ...listed, reported: false }] })
    const link = await signIn(aliceId, 'enrolment')
    expect((await send('GET', 'sign-ins', {}, link)).body).toMatchObject({ rows: [], fraud: { allowed: false } })
    expect((await report(mine)).body).toEqual({ blocked: false })
    expect((await send('GET', 'sign-ins', {})).body).toMatchObject({ rows: [{ ...listed, reported: true }] })
    expect((await report(mine)).status).toBe(404)
    await company({ fraud: { allowReports: false, blockUser: false, phoneCode: '0', notify: [] } })
    expect((await report(recordSignIn(aliceId, portal.now().getTime()))).body).toMatchObject({ code: 'not-allowed' })
    expect((await standing()).fraudReports).toHaveLength(1)
  })
})
