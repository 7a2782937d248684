/** Push requests over real packets: radclient is the device, and the decisions come as the main thread brings them. */
import type { CompanySettings } from '@sallyport/contract'
import type { EngineClient } from '@sallyport/store/engine'
import { radclient, type RadclientResult } from '@sallyport/tooling/servers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { PendingDecision, PendingRequest } from '../bus/pending.ts'
import { startStubServer, stubSecret, type StubServer } from './test/stub-radius-server.ts'
import { startTestEngine, udpServer, userWithToken, type TestEngine } from './test/test-engine.ts'

let target: StubServer
let engine: TestEngine

const alice = {
  ...userWithToken('alice'),
  devices: [{ id: 'phone-1', name: 'Phone' }],
  factorMethods: ['push'] as const,
}

beforeEach(async () => {
  target = await startStubServer()
  engine = await startTestEngine({ servers: [udpServer(target.port, stubSecret)], users: [alice] })
})
afterEach(async () => {
  await engine.stop()
  await target.stop()
})

const ask = (...attributes: string[]) =>
  radclient({
    ...{ host: engine.host, port: engine.port, secret: engine.secret, retries: 1, timeoutSeconds: 9 },
    attributes: ['User-Name = "alice"', 'Message-Authenticator = 0x00', ...attributes],
  })
const password = 'User-Password = "right"'

/** The request that is opened `count`th, once it was. */
async function opened(count = 1): Promise<PendingRequest> {
  for (let tries = 0; tries < 500; tries++) {
    const news = engine.news.filter((each) => each.kind === 'opened')[count - 1]
    if (news) return news.pending
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('nobody was asked')
}
const approve = ({ id }: PendingRequest, more: Partial<PendingDecision> = {}) =>
  engine.engine.decisions.decide({
    ...{ id, by: { kind: 'app', deviceId: 'phone-1' }, decision: 'approve', number: null, pin: null },
    ...more,
  })
const code = ({ reply }: RadclientResult) => reply?.code
const get = ({ reply }: RadclientResult, name: string) => reply?.attributes.find((each) => each.name === name)?.value
const use = (client: Partial<EngineClient>, company: Partial<CompanySettings>) => engine.use({ client, company })
const lastReason = () => engine.signIns().at(-1)?.reason

describe('a push without number matching', () => {
  beforeEach(() => use({ deviceTimeoutSeconds: 10 }, { numberMatching: 'off' }))

  test('is held until the person approves', async () => {
    const answer = ask(password)
    const pending = await opened()
    expect(pending).toMatchObject({ method: 'push', applicationName: 'VPN', deviceIds: ['phone-1'] })
    expect(engine.orders).toEqual([{ id: pending.id, kind: 'push' }])
    expect(await approve(pending)).toBe('taken')
    expect(code(await answer)).toBe('Access-Accept')
    expect(lastReason()).toBe('password-and-approval')
    expect(await approve(pending)).toBe('already-decided')
  })

  test.each([
    ['deny', 'denied'],
    ['fraud', 'fraud-reported'],
  ] as const)('“%s” is final', async (decision, reason) => {
    const answer = ask(password)
    expect(await approve(await opened(), { decision })).toBe('taken')
    expect(code(await answer)).toBe('Access-Reject')
    expect(lastReason()).toBe(reason)
  })

  test('ends as unanswered five seconds before the device gives up', async () => {
    expect(code(await ask(password))).toBe('Access-Reject')
    expect(lastReason()).toBe('no-answer')
    expect(await approve(await opened())).toBe('already-decided')
  }, 10_000)

  test('is decided by a device that was asked, and by an administrator who cancels, and by nobody else', async () => {
    const answer = ask(password)
    const pending = await opened()
    expect(await approve(pending, { by: { kind: 'app', deviceId: 'phone-2' } })).toBe('not-yours')
    expect(await approve(pending, { by: { kind: 'call' } })).toBe('not-yours')
    expect(await approve(pending, { by: { kind: 'administrator', name: 'ada' } })).toBe('not-yours')
    expect(await approve(pending, { decision: 'cancel' })).toBe('not-yours')
    expect(await approve({ ...pending, id: 'another' })).toBe('unknown')
    expect(await approve(pending, { by: { kind: 'administrator', name: 'ada' }, decision: 'cancel' })).toBe('taken')
    expect(code(await answer)).toBe('Access-Reject')
    expect(lastReason()).toBe('cancelled')
  })

  test('stops after so many in ten minutes, with silence on the phone', async () => {
    await use({}, { numberMatching: 'off', requestsInTenMinutes: 2 })
    for (const count of [1, 2]) {
      const answer = ask(password, `Calling-Station-Id = "${count}"`)
      await approve(await opened(count), { decision: 'deny' })
      await answer
    }
    expect(code(await ask(password))).toBe('Access-Reject')
    expect(lastReason()).toBe('too-many-requests')
    expect(engine.orders).toHaveLength(2)
  })

  test('is passed over where nothing delivers it', async () => {
    engine.engine.setReach([])
    expect(code(await ask(password))).toBe('Access-Reject')
    expect(lastReason()).toBe('no-usable-factor')
    expect(engine.facts('passed-over')).toEqual(['push: the app cannot be reached: nothing serves it here'])
  })
})

describe('number matching', () => {
  test('by picking: the challenge shows the number, any answer to it waits for the app', async () => {
    await use({}, { numberMatching: 'pick' })
    const challenge = await ask(password)
    const pending = await opened()
    const [, shown = ''] = /number (\d+) in/.exec(get(challenge, 'Reply-Message') ?? '') ?? []
    expect(pending.matching).toMatchObject({ kind: 'pick' })
    expect(pending.matching.kind === 'pick' && pending.matching.choices).toContain(shown)
    const answer = ask('User-Password = ""', `State = ${get(challenge, 'State') ?? ''}`)
    expect(await approve(pending, { number: shown })).toBe('taken')
    expect(code(await answer)).toBe('Access-Accept')
  })

  test('by picking: another number ends it', async () => {
    await use({}, { numberMatching: 'pick' })
    const challenge = await ask(password)
    const pending = await opened()
    const shown = /number (\d+) in/.exec(get(challenge, 'Reply-Message') ?? '')?.[1]
    const other = pending.matching.kind === 'pick' ? pending.matching.choices.find((number) => number !== shown) : ''
    expect(await approve(pending, { number: other ?? '' })).toBe('wrong-number')
    expect(await approve(pending, { number: shown ?? '' })).toBe('already-decided')
    expect(code(await ask('User-Password = ""', `State = ${get(challenge, 'State') ?? ''}`))).toBe('Access-Reject')
    expect(lastReason()).toBe('wrong-number')
  })

  test('by typing: the number counts once the app has approved, and not before', async () => {
    await use({}, { numberMatching: 'type' })
    const challenge = await ask(password)
    const pending = await opened()
    const number = pending.matching.kind === 'type' ? pending.matching.number : ''
    const early = await ask(`User-Password = "${number}"`, `State = ${get(challenge, 'State') ?? ''}`)
    expect(code(early)).toBe('Access-Challenge')
    await approve(pending)
    const late = await ask(`User-Password = "${number}"`, `State = ${get(early, 'State') ?? ''}`)
    expect(code(late)).toBe('Access-Accept')
  })

  test('is passed over where the device shows no challenge, unless the client takes a push without a number', async () => {
    await use({ canBeChallenged: false }, { numberMatching: 'pick' })
    expect(code(await ask(password))).toBe('Access-Reject')
    expect(engine.orders).toHaveLength(0)
    await use({ canBeChallenged: false, pushWithoutNumber: true }, { numberMatching: 'pick' })
    const answer = ask(password)
    await approve(await opened())
    expect(code(await answer)).toBe('Access-Accept')
  })
})
