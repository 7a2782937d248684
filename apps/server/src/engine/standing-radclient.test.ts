import { companyDefaults } from '@sallyport/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { actor, startRunningEngine, type RunningEngine } from './test/running-engine.ts'

let running: RunningEngine
let userId: string
const secret = 'secret of the device'
const signed = 'Message-Authenticator = 0x00'

beforeAll(async () => {
  running = await startRunningEngine()
  await running.addClient(secret)
  const fields = { username: 'alice', firstName: '', lastName: '', email: '', description: '', enabled: true }
  const made = await running.store.users.create(fields, actor)
  if (!made.ok) throw new Error(made.problem)
  userId = made.value.id
  await inForce()
})
afterAll(() => running.stop())

const inForce = () => running.engine.configChanged({ topic: 'users', ids: [userId] })
const asked = async (...attributes: string[]) => (await running.ask(secret, ...attributes)).reply?.code
/** Of alice's sign-ins, once all that were answered are in the table. */
async function lastReason(): Promise<string | undefined> {
  await inForce()
  const { rows } = await running.store.signIns.list({}, { limit: 1 })
  return rows[0]?.reason
}

test('without anything that stands for her, alice has no second factor and is refused', async () => {
  expect(await asked(signed)).toBe('Access-Reject')
  expect(await lastReason()).toBe('no-usable-factor')
})

test('a one-time bypass lets in once, however many ask at the same time', async () => {
  await running.store.people.giveBypass(userId, { reason: 'new phone', seconds: 300 }, actor)
  await inForce()
  const codes = await Promise.all(
    Array.from({ length: 5 }, (_, index) => asked(signed, `Calling-Station-Id = "203.0.113.${index}"`)),
  )
  expect(codes.filter((code) => code === 'Access-Accept')).toHaveLength(1)
  await inForce()
  const { rows } = await running.store.people.bypasses({ limit: 5 })
  expect(rows).toMatchObject([{ state: 'used' }])
  expect(await asked(signed)).toBe('Access-Reject')
})

test('a trusted network lets in from its addresses, in signed requests alone', async () => {
  const network = { name: 'Office', clientId: null, attribute: 'Calling-Station-Id', addresses: '192.0.2.0/24' }
  await running.store.trustedNetworks.create({ ...network, enabled: true }, actor)
  await running.apply('standing')
  expect(await asked(signed, 'Calling-Station-Id = "192.0.2.9"')).toBe('Access-Accept')
  expect(await lastReason()).toBe('password-in-trusted-network')
  expect(await asked(signed, 'Calling-Station-Id = "198.51.100.9"')).toBe('Access-Reject')
})

test('a block goes before the trusted network, and ends when somebody unblocks', async () => {
  await running.store.people.block(userId, { reason: 'left', until: null }, actor)
  await inForce()
  expect(await asked(signed, 'Calling-Station-Id = "192.0.2.9"')).toBe('Access-Reject')
  expect(await lastReason()).toBe('user-blocked')
  await running.store.people.unblock(userId, actor)
  await inForce()
  expect(await asked(signed, 'Calling-Station-Id = "192.0.2.9"')).toBe('Access-Accept')
})

test('whose second factor is off is refused, and let in where Company Settings say so', async () => {
  const user = await running.store.users.byId(userId)
  if (user !== null) await running.store.users.change(userId, { ...user, enabled: false }, actor)
  await inForce()
  expect(await asked(signed)).toBe('Access-Reject')
  expect(await lastReason()).toBe('user-disabled')
  await running.store.company.change({ ...companyDefaults, whenFactorOff: 'password-alone', version: 1 }, actor)
  await running.apply('company')
  expect(await asked(signed)).toBe('Access-Accept')
  expect(await lastReason()).toBe('password-only-factor-off')
})
