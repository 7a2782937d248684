/** Every second factor by every method of authentication, with a device that can be challenged and one that cannot: README's table. */
import { readFileSync } from 'node:fs'

import { attribute } from '@sallyport/radius'
import type { CompanySettings } from '@sallyport/contract'
import type { EngineClient, EngineUser } from '@sallyport/store/engine'
import { expect, test } from 'vitest'

import { totpCode } from '../oath/totp.ts'
import { createStageDevice, deviceToken, type Asked, type Carrier, type StageDevice } from './test/stage-device.ts'
import { userWithToken } from './test/test-engine.ts'

interface Row {
  readonly name: string
  readonly user?: Partial<EngineUser>
  readonly company?: Partial<CompanySettings>
  readonly client?: Partial<EngineClient>
  /** What is typed as the password. */
  readonly typed?: (device: StageDevice) => string
}

const phone = '+4930123456'
const devices = [{ id: 'phone-1', name: 'Phone' }]
const pin = { hash: 'hash of 4711', mustChange: false, changedAtMs: 0 }
const code = ({ nowMs }: StageDevice) =>
  totpCode({ secret: deviceToken, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, nowMs)

const push = { factorMethods: ['push'], devices } as const
const rows: readonly Row[] = [
  { name: 'OATH token', user: { factorMethods: ['oath'] } },
  {
    name: 'OATH token, typed behind the password',
    user: { factorMethods: ['oath'] },
    typed: (d) => `right,${code(d)}`,
  },
  { name: 'Mobile app', user: push, company: { numberMatching: 'off' } },
  { name: 'Mobile app with PIN', user: { ...push, appMode: 'pin', pin }, company: { numberMatching: 'off' } },
  { name: 'Mobile app, number picked in it', user: push, company: { numberMatching: 'pick' } },
  { name: 'Mobile app, number typed at the device', user: push, company: { numberMatching: 'type' } },
  {
    name: 'Mobile app, a number where one can be shown',
    user: push,
    company: { numberMatching: 'pick' },
    client: { pushWithoutNumber: true },
  },
  { name: 'Text with a code', user: { factorMethods: ['text'], phone } },
  { name: 'Text with a code, and PIN', user: { factorMethods: ['text'], phone, textWithPin: true, pin } },
  { name: 'Text to reply to', user: { factorMethods: ['text'], phone, textMode: 'two-way' } },
  {
    name: 'Text to reply to with the PIN',
    user: { factorMethods: ['text'], phone, textMode: 'two-way', textWithPin: true, pin },
  },
  { name: 'Phone call', user: { factorMethods: ['call'], phone } },
  { name: 'Phone call with PIN', user: { factorMethods: ['call'], phone, callMode: 'pin', pin } },
  { name: 'Email with a code', user: { factorMethods: ['email'], email: 'alice@example.com' } },
  {
    name: 'Phone call that nobody answers, fallback OATH token',
    user: { factorMethods: ['call'], phone },
    client: { fallbackOath: true },
  },
]

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

const columns = [
  ['PAP', true],
  ['MS-CHAPv2', true],
  ['EAP', true],
  ['PAP', false],
  ['MS-CHAPv2', false],
  ['EAP', false],
] as const

/** Signs in as whoever has this factor does it; the answer is what the table says of it. */
async function signIn(row: Row, by: Carrier, canBeChallenged: boolean): Promise<string> {
  const device = createStageDevice(
    { ...userWithToken('alice'), ...row.user },
    { ...client, canBeChallenged, ...row.client },
  )
  const { people } = device
  people.company = { ...people.company, methods: ['push', 'text', 'call', 'oath', 'email'], ...row.company }
  const first = device.ask(row.typed?.(device) ?? 'right', by)
  await settle()
  await reach(device, row)
  const challenge = await first
  if (challenge.verdict?.kind !== 'challenge') return outcomeOf(challenge)
  const answer = device.ask(answerTo(challenge, device), by, challenge.state)
  await settle()
  return outcomeOf(await answer)
}

/** What the main thread and the person do: messages go out, the app and the phone approve. */
async function reach({ people: { table, decisions, orders, news } }: StageDevice, { name }: Row): Promise<void> {
  for (const order of orders) {
    table.delivered(order.id, { kind: 'sent', gateway: 'g', reference: 'r' })
    const pending = news.find((each) => each.kind === 'opened' && each.pending.id === order.id)
    if (pending?.kind !== 'opened') continue
    const { matching, withPin, method } = pending.pending
    const shared = { id: order.id, decision: 'approve', pin: withPin ? '4711' : null } as const
    if (name.includes('nobody answers')) table.callEnded(order.id, 'no-answer')
    else if (method === 'call') await decisions.decide({ ...shared, by: { kind: 'call' }, number: null })
    else if (method === 'text') {
      await decisions.decide({ ...shared, by: { kind: 'text', from: phone }, number: withPin ? '4711' : '1' })
    } else if (method === 'push') {
      const number = matching.kind === 'pick' ? (table.find(order.id)?.number ?? '') : null
      await decisions.decide({ ...shared, by: { kind: 'app', deviceId: 'phone-1' }, number })
    }
  }
  await settle()
}

function answerTo({ message = '' }: Asked, device: StageDevice): string {
  const [order] = device.people.orders
  const asked = order && device.people.table.find(order.id)
  if (message.includes('number that it shows')) return asked?.number ?? ''
  if (!message.includes('was sent')) return code(device)
  return `${asked?.code.split(' ')[1] ?? ''}${asked?.withPin ? '4711' : ''}`
}

function outcomeOf({ verdict }: Asked): string {
  return verdict?.kind === 'accept' ? 'works' : `refused: \`${verdict?.reason ?? 'joined'}\``
}

/** Whatever can go on without anybody doing anything has gone on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
}

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

test.each(rows)('$name: README says what becomes of it', async (row) => {
  const outcomes: string[] = []
  for (const [by, canBeChallenged] of columns) outcomes.push(await signIn(row, by, canBeChallenged))
  const line = readme.split('\n').find((each) => cellsOf(each)[0] === row.name) ?? ''
  expect(cellsOf(line)).toEqual([row.name, ...outcomes])
})

test('README’s table has no rows that nobody has tried', () => {
  const table = readme.split('\n## ').find((part) => part.startsWith('Second factors')) ?? ''
  const lines = table.split('\n').filter((line) => line.startsWith('|'))
  expect(lines.slice(2).map((line) => cellsOf(line)[0])).toEqual(rows.map(({ name }) => name))
})

test('nothing of the table is owed to an answer that any device could guess', async () => {
  const device = createStageDevice({ ...userWithToken('alice'), factorMethods: ['oath'] }, client)
  const challenge = await device.ask('right')
  const answer = await device.ask('000000', 'PAP', challenge.state, [attribute('Calling-Station-Id', 'x')])
  expect(answer.verdict?.kind).toBe('challenge')
})

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}
