/** What an attacker may try with second factors, and what a restart may make of them: through the stages, with a table of its own. */
import { attribute } from '@sallyport/radius'
import type { EngineClient, EngineUser } from '@sallyport/store/engine'
import { beforeEach, describe, expect, test } from 'vitest'

import type { PendingDecision } from '../bus/pending.ts'
import { totpCode } from '../oath/totp.ts'
import { createStageDevice, deviceToken, type StageDevice } from './test/stage-device.ts'
import { userWithToken } from './test/test-engine.ts'

const phone = '+4930123456'
const client: EngineClient = {
  id: 'client-1',
  address: '192.0.2.1',
  nasIdentifier: '',
  certificateName: '',
  applicationName: 'VPN',
  sharedSecret: '',
  requireUserMatch: true,
  messageAuthenticator: 'auto',
  limitProxyState: true,
  factorMode: 'automatic',
  canBeChallenged: true,
  deviceTimeoutSeconds: 60,
  allowedMethods: [],
  fallbackOath: false,
  pushWithoutNumber: false,
  messageAuthenticatorSeen: true,
}
const alice: EngineUser = { ...userWithToken('alice'), phone, devices: [{ id: 'phone-1', name: 'Phone' }] }
const pin = { hash: 'hash of 4711', mustChange: false, changedAtMs: 0 }
let device: StageDevice

function use(user: Partial<EngineUser>, clientFields: Partial<EngineClient> = {}): void {
  device = createStageDevice({ ...alice, ...user }, { ...client, ...clientFields })
  device.people.company = { ...device.people.company, numberMatching: 'off', requestsInTenMinutes: 20 }
}
const from = (place: string) => [attribute('Calling-Station-Id', place)]
const settle = async () => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}
const sendAll = () => {
  for (const { id } of device.people.orders) {
    device.people.table.delivered(id, { kind: 'sent', gateway: 'g', reference: 'r' })
  }
}
/** Asks with the password; the messages go out. */
async function begin(place = 'here') {
  const asked = device.ask('right', 'PAP', undefined, from(place))
  await settle()
  sendAll()
  return asked
}
const codeOf = (order: number) =>
  device.people.table.find(device.people.orders[order]?.id ?? '')?.code.split(' ')[1] ?? 'gone'
const wrong = (right: string) => (right === '000000' ? '111111' : '000000')
const decide = (more: Partial<PendingDecision> = {}, order = 0) =>
  device.people.decisions.decide({
    ...{ id: device.people.orders[order]?.id ?? '', by: { kind: 'app', deviceId: 'phone-1' }, decision: 'approve' },
    ...{ number: null, pin: null, ...more },
  })
const failures = () => device.users.byId('user-alice')

describe('codes that were sent', () => {
  beforeEach(() => use({ factorMethods: ['text'] }))

  test('cannot be guessed in parallel over many challenges: the lock counts them all', async () => {
    const challenges = await Promise.all(Array.from({ length: 10 }, (_, at) => begin(`place ${at}`)))
    const answers = await Promise.all(
      challenges.map(({ state }, at) => device.ask(wrong(codeOf(at)), 'PAP', state, from(`place ${at}`))),
    )
    const reasons = answers.map(({ verdict }) => verdict?.reason)
    expect(reasons.filter((reason) => reason === 'wrong-code')).toHaveLength(5)
    expect(reasons.filter((reason) => reason === 'factor-locked')).toHaveLength(5)
    expect((await begin('elsewhere')).verdict?.reason).toBe('factor-locked')
  })

  test('count over clients too', async () => {
    for (const id of ['client-1', 'client-2', 'client-3', 'client-4', 'client-5']) {
      device.client = { ...client, id }
      const { state } = await begin(id)
      await device.ask('no code', 'PAP', state, from(id))
    }
    expect(failures()?.factorLockedUntil).not.toBeNull()
  })

  test('are good for their own challenge, once', async () => {
    const [one, other] = [await begin('one'), await begin('other')]
    const [first, second] = [codeOf(0), codeOf(1)]
    if (first !== second) expect((await device.ask(second, 'PAP', one.state)).verdict?.reason).toBe('wrong-code')
    const answers = await Promise.all([
      device.ask(second, 'PAP', other.state, from('one')),
      device.ask(second, 'PAP', other.state, from('two')),
    ])
    expect(answers.map(({ verdict }) => verdict?.reason).sort()).toEqual(['challenge-unknown', 'password-and-code'])
  })

  test('are written down sealed alone, and not at all once they were used', async () => {
    const { state } = await begin()
    const code = codeOf(0)
    await device.ask(code, 'PAP', state)
    const rows = device.durable.flatMap((record) => (record.kind === 'factor-request' ? [record.request.body] : []))
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.at(-1)).not.toContain(code)
    expect(JSON.stringify(device.durable.filter(({ kind }) => kind !== 'factor-request'))).not.toContain(code)
  })

  test('end with the request where an administrator cancels it', async () => {
    const { state } = await begin()
    const code = codeOf(0)
    expect(await decide({ by: { kind: 'text', from: phone }, number: '1' })).toBe('not-yours')
    expect(await decide({ by: { kind: 'administrator', name: 'ada' }, decision: 'cancel' })).toBe('taken')
    expect((await device.ask(code, 'PAP', state)).verdict?.reason).toBe('cancelled')
  })

  test('are not asked for where the message did not go out', async () => {
    const asked = device.ask('right')
    await settle()
    const [order] = device.people.orders
    device.people.table.delivered(order?.id ?? '', { kind: 'failed', problems: [], retryable: true })
    expect((await asked).verdict?.reason).toBe('factor-not-delivered')
  })

  test('may be exchanged for another method by its name, which is no wrong code', async () => {
    const { state } = await begin()
    const asked = device.ask('Push', 'PAP', state)
    await settle()
    expect(device.people.orders.at(-1)?.kind).toBe('text')
    expect((await asked).verdict?.reason).toBe('factor-not-allowed')
    expect(failures()?.factorFailures).toEqual([])
  })
})

describe('a method that is typed', () => {
  test('behind the password is the one that is used', async () => {
    use({ factorMethods: ['push', 'oath'] })
    const challenge = await device.ask('right,token')
    expect(challenge.message).toBe('Enter the code that your token shows.')
    const asked = device.ask('push', 'PAP', challenge.state)
    await settle()
    expect(await decide()).toBe('taken')
    expect((await asked).verdict?.reason).toBe('password-and-approval')
  })
})

describe('PINs', () => {
  test('that are wrong count towards the lock, and the third ends the call', async () => {
    use({ factorMethods: ['call'], callMode: 'pin', pin })
    const asked = begin()
    await settle()
    const by = { kind: 'call' } as const
    expect(await decide({ by, pin: '1' })).toBe('wrong-pin')
    const both = await Promise.all([decide({ by, pin: '2' }), decide({ by, pin: '3' }), decide({ by, pin: '4711' })])
    expect(both.slice(0, 2)).toEqual(['wrong-pin', 'wrong-pin'])
    expect(both[2]).not.toBe('taken')
    expect((await asked).verdict?.reason).toBe('wrong-pin')
    expect(failures()?.factorFailures).toHaveLength(3)
  })

  test('that must change are asked for twice, and then are another one', async () => {
    use({ ...{ factorMethods: ['push'], appMode: 'pin' }, pin: { ...pin, mustChange: true } })
    const asked = begin()
    await settle()
    await decide({ pin: '4711' })
    const first = await asked
    expect(first.verdict?.reason).toBe('new-pin-requested')
    const refused = await device.ask('4711', 'PAP', first.state)
    expect(refused.message).toContain('cannot be used')
    const second = await device.ask('5820', 'PAP', refused.state)
    const accepted = await device.ask('5820', 'PAP', second.state)
    expect(accepted.verdict?.reason).toBe('password-and-approval')
    expect(failures()?.pin).toMatchObject({ hash: 'hash of 5820', mustChange: false })
    expect(device.durable).toContainEqual(expect.objectContaining({ kind: 'pin-changed', hash: 'hash of 5820' }))
  })

  test('that must change are refused where nobody can be asked', async () => {
    use({ factorMethods: ['push'], appMode: 'pin', pin: { ...pin, mustChange: true } }, { canBeChallenged: false })
    const asked = begin()
    await settle()
    await decide({ pin: '4711' })
    expect((await asked).verdict?.reason).toBe('pin-expired')
  })
})

describe('the fallback', () => {
  const fallbackOath = { fallbackOath: true }

  test('is no way round a denial', async () => {
    use({ factorMethods: ['push'] }, fallbackOath)
    const asked = begin()
    await settle()
    await decide({ decision: 'deny' })
    expect((await asked).verdict).toMatchObject({ kind: 'reject', reason: 'denied' })
  })

  test('asks for the code of a token where nobody answered in time, and rings the backup phone before', async () => {
    use({ factorMethods: ['call'], backupPhone: '+4930999999' }, fallbackOath)
    const asked = begin()
    await settle()
    const { orders, table } = device.people
    table.callEnded(orders[0]?.id ?? '', 'busy')
    expect(orders.map((order) => order.kind === 'call' && order.job.to)).toEqual([phone, '+4930999999'])
    device.nowMs += 55_000
    table.sweep()
    expect((await asked).message).toBe('Enter the code that your token shows.')
    expect(await decide({ by: { kind: 'call' } })).toBe('already-decided')
  })
})

describe('a client that asks for the second factor only', () => {
  const code = () => totpCode({ secret: deviceToken, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, device.nowMs)
  beforeEach(() => use({ factorMethods: ['oath'] }, { factorMode: 'second-factor-only', requireUserMatch: false }))

  test('takes a code in the place of the password, and counts wrong ones', async () => {
    expect((await device.ask(wrong(code()))).verdict?.reason).toBe('wrong-code')
    expect(failures()?.factorFailures).toHaveLength(1)
    expect((await device.ask(code())).verdict?.reason).toBe('code-alone')
    expect((await device.ask(code())).verdict?.reason).toBe('reused-code')
  })

  test('lets nobody in of whom nothing was proven: not strangers, nor anybody over EAP', async () => {
    device.users.remove('user-alice')
    expect((await device.ask('')).verdict?.reason).toBe('unmatched-user')
    expect((await device.ask('', 'EAP')).verdict?.reason).toBe('method-not-supported')
  })
})

describe('a push', () => {
  beforeEach(() => use({ factorMethods: ['push'] }))

  test('is not sent more often than the limit, however many ask at the same moment', async () => {
    device.people.company = { ...device.people.company, requestsInTenMinutes: 3 }
    void Promise.all(Array.from({ length: 10 }, (_, at) => begin(`place ${at}`)))
    await settle()
    expect(device.people.orders).toHaveLength(3)
  })

  test('that was approved is worth nothing to whoever asks from elsewhere, or with another password', async () => {
    void begin('here')
    await settle()
    await decide()
    for (const [typed, place] of [
      ['right', 'there'],
      ['other', 'here'],
    ] as const) {
      void device.ask(typed, 'PAP', undefined, from(place))
      await settle()
    }
    expect(device.people.orders).toHaveLength(3)
  })

  test('of somebody who was blocked while they decided lets nobody in', async () => {
    const asked = begin()
    await settle()
    device.users.put({ ...alice, factorMethods: ['push'], block: { id: 'b', reason: '', untilMs: null } })
    await decide()
    expect((await asked).verdict?.reason).toBe('user-blocked')
  })

  test('is decided once: of many decisions at the same moment, one is taken', async () => {
    const asked = begin()
    await settle()
    const outcomes = await Promise.all([
      decide(),
      decide({ decision: 'deny' }),
      decide(),
      decide({ decision: 'fraud' }),
    ])
    expect(outcomes).toEqual(['taken', 'already-decided', 'already-decided', 'already-decided'])
    expect((await asked).verdict?.kind).toBe('accept')
  })
})

describe('after the server was killed', () => {
  const restart = (user: Partial<EngineUser>) => {
    const { company } = device.people
    device = createStageDevice({ ...alice, ...user }, client, device)
    device.people.company = company
    device.people.table.announce()
  }
  const idOfFirst = () => device.durable.flatMap((each) => (each.kind === 'factor-request' ? [each.request.id] : []))[0]
  const app = { by: { kind: 'app', deviceId: 'phone-1' } } as const
  const push = { factorMethods: ['push'] } as const

  test('a push that waits is announced, decided, and lets the retry in, which asks nobody anew', async () => {
    use(push)
    void begin()
    await settle()
    restart(push)
    expect(device.people.news).toMatchObject([{ kind: 'opened', pending: { id: idOfFirst() } }])
    expect(device.people.orders).toEqual([{ id: idOfFirst(), kind: 'push' }])
    const retried = begin()
    await settle()
    expect(await decide({ ...app, id: idOfFirst() ?? '' })).toBe('taken')
    expect((await retried).verdict?.reason).toBe('password-and-approval')
    expect(device.people.orders).toHaveLength(1)
  })

  test('a push that was approved, but not answered, lets the retry in once', async () => {
    use(push)
    // The decision is on disk; the process dies before the answer.
    void begin()
    await settle()
    const [id = ''] = [idOfFirst()]
    const written = [...device.durable]
    expect(await decide()).toBe('taken')
    const approval = device.durable.filter((each) => each.kind === 'factor-request' && each.request.id === id)[1]
    device.durable.length = 0
    device.durable.push(...written, ...(approval ? [approval] : []))
    restart(push)
    expect((await begin()).verdict?.reason).toBe('password-and-approval')
    void begin()
    await settle()
    expect(device.people.orders.map((order) => order.id)).not.toContain(id)
    expect(device.people.orders).toHaveLength(1)
  })

  test('neither an approval that was taken, nor a denial, nor one of long ago lets anybody in', async () => {
    use(push)
    const first = begin()
    await settle()
    await decide()
    expect((await first).verdict?.kind).toBe('accept')
    restart(push)
    expect(await decide({ ...app, id: idOfFirst() ?? '' })).toBe('already-decided')
    void begin()
    await settle()
    expect(device.people.orders).toHaveLength(1)
    device.nowMs += 200_000
    restart(push)
    expect(device.people.news).toEqual([])
  })

  test('an approval is still nothing to whoever asks from elsewhere', async () => {
    use(push)
    void begin('here')
    await settle()
    restart(push)
    await decide({ ...app, id: idOfFirst() ?? '' })
    void begin('there')
    await settle()
    expect(device.people.orders).toHaveLength(2)
  })

  test('the number that was shown is still the one to pick, and the one that was typed counts', async () => {
    for (const numberMatching of ['pick', 'type'] as const) {
      use(push)
      device.people.company = { ...device.people.company, numberMatching }
      const { state } = await begin()
      restart(push)
      const id = idOfFirst() ?? ''
      const { number = '' } = device.people.table.find(id) ?? {}
      expect(await decide({ ...app, id, number: numberMatching === 'pick' ? number : null })).toBe('taken')
      expect((await device.ask(number, 'PAP', state)).verdict?.reason).toBe('password-and-approval')
    }
  })

  test('a code that was sent is still good, once, and what was wrong before still counts', async () => {
    const text = { factorMethods: ['text'] } as const
    use(text)
    const { state } = await begin()
    const code = codeOf(0)
    const again = await device.ask(wrong(code), 'PAP', state)
    restart(text)
    expect((await device.ask(code, 'PAP', state)).verdict?.reason).toBe('challenge-unknown')
    expect((await device.ask(code, 'PAP', again.state)).verdict?.reason).toBe('password-and-code')
    restart(text)
    expect((await device.ask(code, 'PAP', again.state)).verdict?.reason).toBe('challenge-unknown')
  })

  test('a call is made anew for the retry, where nobody knows whether it went out', async () => {
    const call = { factorMethods: ['call'] } as const
    use(call)
    void device.ask('right', 'PAP', undefined, from('here'))
    await settle()
    const first = idOfFirst()
    restart(call)
    const retried = begin()
    await settle()
    expect(device.people.orders).toHaveLength(1)
    expect(await decide({ by: { kind: 'call' }, id: first ?? '' })).toBe('already-decided')
    expect(await decide({ by: { kind: 'call' } })).toBe('taken')
    expect((await retried).verdict?.kind).toBe('accept')
  })

  test('a call that rings is decided by nobody any more, and the retry asks anew', async () => {
    const user = { factorMethods: ['call'] } as const
    use(user)
    void device.ask('right', 'PAP', undefined, from('here'))
    await settle()
    sendAll()
    await settle()
    const first = idOfFirst() ?? ''
    restart(user)
    expect(device.people.news).toEqual([])
    void begin()
    await settle()
    expect(device.people.orders.map(({ id }) => id)).not.toContain(first)
    expect(device.people.orders).toHaveLength(1)
    expect(await decide({ by: { kind: 'call' }, id: first, number: '1' })).toBe('already-decided')
  })

  test('a text that waits for its reply still does, and nobody is sent another', async () => {
    const user = { factorMethods: ['text'], textMode: 'two-way' } as const
    use(user)
    void device.ask('right', 'PAP', undefined, from('here'))
    await settle()
    sendAll()
    await settle()
    const first = idOfFirst() ?? ''
    restart(user)
    const retried = begin()
    await settle()
    expect(device.people.orders).toEqual([])
    expect(await decide({ by: { kind: 'text', from: phone }, id: first, number: '1' })).toBe('taken')
    expect((await retried).verdict?.kind).toBe('accept')
  })

  test('whoever was asked before is not asked beyond the limit', async () => {
    use(push)
    device.people.company = { ...device.people.company, requestsInTenMinutes: 2 }
    void begin('one')
    void begin('two')
    await settle()
    restart(push)
    expect((await begin('three')).verdict?.reason).toBe('too-many-requests')
  })
})
