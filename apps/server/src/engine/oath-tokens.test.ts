/** OATH tokens over real packets: radclient asks, the password at a real OpenLDAP, and oathtool’s rules of the game. */
import type { NewToken, TokenRecord } from '@sallyport/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { hotpCode } from '../oath/hotp.ts'
import { resynchronise } from '../oath/resynchronise.ts'
import { totpStep } from '../oath/totp.ts'
import { actor, startRunningEngine, type RunningEngine } from './test/running-engine.ts'

const device = 'secret of the device'
const key = { secret: Buffer.from('12345678901234567890'), algorithm: 'SHA-1', digits: 6 } as const
let running: RunningEngine

beforeAll(async () => {
  running = await startRunningEngine()
  await running.addClient(device, { factorMode: 'password-with-code' })
}, 60_000)
afterAll(() => running.stop())

const userOf = async (username: string) => {
  const person = { username, firstName: '', lastName: '', email: '', description: '', enabled: true }
  const added = await running.store.users.create(person, actor)
  if (!added.ok) throw new Error(added.problem)
  return added.value.id
}
async function giveToken(username: string, more: Partial<NewToken>): Promise<TokenRecord> {
  const userId = await userOf(username)
  const fields = { serialNumber: username, stepSeconds: 30, manufacturer: '', model: '', userId }
  const token = await running.store.oathTokens.create({ ...key, ...fields, ...more }, actor)
  if (!token.ok) throw new Error(token.problem)
  await running.engine.configChanged({ topic: 'users', ids: [userId] })
  return token.value
}
/** With the password, which is right, and a code behind it. */
const signIn = async (username: string, code: string) =>
  (await running.askAs(username, device, `User-Password := "${username}pw,${code}"`)).reply?.code
const present = () => totpStep(Date.now(), 30)
/** As it is once everything that was decided is in the tables. */
async function settled(id: string, userId: string | null): Promise<TokenRecord> {
  await running.engine.configChanged({ topic: 'users', ids: userId === null ? [] : [userId] })
  const token = await running.store.oathTokens.byId(id)
  if (!token) throw new Error('the token is gone')
  return token
}
async function setRight({ id, userId }: TokenRecord, steps: readonly [number, number]): Promise<boolean> {
  const token = await settled(id, userId)
  const found = resynchronise({ ...token, ...key }, [hotpCode(key, steps[0]), hotpCode(key, steps[1])], Date.now())
  if (!found) return false
  expect((await running.store.oathTokens.resynchronise(id, found, actor)).ok).toBe(true)
  await running.engine.configChanged({ topic: 'users', ids: userId === null ? [] : [userId] })
  return true
}

describe('a HOTP token', () => {
  test('signs in once with each code, may skip nine, and comes back with two codes in a row from further away', async () => {
    const token = await giveToken('alice', { type: 'hotp' })
    expect(await signIn('alice', hotpCode(key, 0))).toBe('Access-Accept')
    expect(await signIn('alice', hotpCode(key, 0))).toBe('Access-Reject')
    expect(await signIn('alice', hotpCode(key, 1))).toBe('Access-Accept')
    expect(await signIn('alice', hotpCode(key, 11))).toBe('Access-Accept')
    expect(await signIn('alice', hotpCode(key, 5))).toBe('Access-Reject')
    expect(await signIn('alice', hotpCode(key, 22))).toBe('Access-Reject')
    expect((await settled(token.id, token.userId)).lastUsedStep).toBe(11)
    expect(await setRight(token, [5, 6])).toBe(false)
    expect(await setRight(token, [40, 41])).toBe(true)
    expect(await signIn('alice', hotpCode(key, 41))).toBe('Access-Reject')
    expect(await signIn('alice', hotpCode(key, 42))).toBe('Access-Accept')
  }, 30_000)
})

describe('a TOTP token', () => {
  test('whose clock is off comes in after two codes in a row, and what later codes say of its clock is remembered', async () => {
    const token = await giveToken('bob', {})
    const off = 40
    expect(await signIn('bob', hotpCode(key, present() - off))).toBe('Access-Reject')
    expect(await setRight(token, [present() - off - 2, present() - off - 1])).toBe(true)
    const before = await settled(token.id, token.userId)
    expect(await signIn('bob', hotpCode(key, before.lastUsedStep ?? 0))).toBe('Access-Reject')
    expect(await signIn('bob', hotpCode(key, present() - off))).toBe('Access-Accept')
    const after = await settled(token.id, token.userId)
    expect(after.driftSteps).toBeGreaterThan(before.driftSteps)
    expect(after.driftSteps).toBeLessThan(-35)
    expect(await signIn('bob', hotpCode(key, after.lastUsedStep ?? 0))).toBe('Access-Reject')
  }, 30_000)

  test('that is not valid yet is no factor', async () => {
    await giveToken('carol', { notBefore: new Date(Date.now() + 3_600_000) })
    expect(await signIn('carol', hotpCode(key, present()))).toBe('Access-Reject')
  })
})
