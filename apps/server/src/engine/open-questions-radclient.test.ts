/** Who is asked for a code at a device, as Pending now sees it, with radclient at the device. */
import { afterAll, beforeAll, expect, test } from 'vitest'

import { hotpCode } from '../oath/hotp.ts'
import { actor, startRunningEngine, type RunningEngine } from './test/running-engine.ts'

let running: RunningEngine
let userId: string
const secret = 'secret of the device'
const seed = Buffer.from('12345678901234567890')
const signed = 'Message-Authenticator = 0x00'
const codeAt = (counter: number) => hotpCode({ secret: seed, algorithm: 'SHA-1', digits: 6 }, counter)

beforeAll(async () => {
  running = await startRunningEngine()
  await running.addClient(secret)
  const fields = { username: 'alice', firstName: '', lastName: '', email: '', description: '', enabled: true }
  const made = await running.store.users.create(fields, actor)
  if (!made.ok) throw new Error(made.problem)
  userId = made.value.id
  const token = { type: 'hotp', algorithm: 'SHA-1', digits: 6, stepSeconds: 30, notBefore: null } as const
  const more = { serialNumber: 'one', userId, secret: seed, manufacturer: '', model: '' }
  await running.store.oathTokens.create({ ...token, ...more }, actor)
  await running.engine.configChanged({ topic: 'users', ids: [userId] })
})
afterAll(() => running.stop())

/** Signs in as far as the question; the State of it, as radclient writes it. */
async function askForCode(): Promise<string> {
  const { reply } = await running.ask(secret, signed)
  expect(reply?.code).toBe('Access-Challenge')
  return reply?.attributes.find(({ name }) => name === 'State')?.value ?? ''
}
const answer = async (state: string, code: string) =>
  (await running.ask(secret, `State = ${state}`, `User-Password = "${code}"`, signed)).reply?.code

test('somebody who has to type a code is listed until they have', async () => {
  expect(await running.engine.questions(10)).toEqual({ total: 0, first: [] })
  const state = await askForCode()
  const { total, first } = await running.engine.questions(10)
  expect(total).toBe(1)
  expect(first).toMatchObject([{ userId, username: 'alice', method: 'oath' }])
  expect(JSON.stringify(first)).not.toContain(state.replace(/^0x/, ''))
  expect(await answer(state, codeAt(0))).toBe('Access-Accept')
  expect((await running.engine.questions(10)).total).toBe(0)
})

test('of many, the ones that were asked first are listed, and all are counted', async () => {
  for (let times = 0; times < 3; times++) await askForCode()
  const { total, first } = await running.engine.questions(2)
  expect([total, first.length]).toEqual([3, 2])
  expect(first[0]?.startedAtMs).toBeLessThanOrEqual(first[1]?.startedAtMs ?? 0)
})

test('what an administrator cancels is refused, with the right code too, and the log says why', async () => {
  const state = await askForCode()
  const { first } = await running.engine.questions(10)
  const { signInId: id = '' } = first.at(-1) ?? {}
  const by = { kind: 'administrator', name: 'ada' } as const
  const cancel = { id, by, decision: 'cancel', number: null, pin: null } as const
  expect(await running.engine.decide({ ...cancel, by: { kind: 'call' }, decision: 'approve' })).toBe('unknown')
  expect(await running.engine.decide(cancel)).toBe('taken')
  expect((await running.engine.questions(10)).first.map(({ signInId }) => signInId)).not.toContain(id)
  expect(await running.engine.decide(cancel)).toBe('unknown')
  expect(await answer(state, codeAt(1))).toBe('Access-Reject')
  await running.engine.configChanged({ topic: 'users', ids: [userId] })
  const details = await running.store.signIns.byId(id)
  expect(details).toMatchObject({ result: 'rejected', reason: 'cancelled' })
})

test('the question is in the user’s own language', async () => {
  const standing = await running.store.people.standing(userId)
  if (standing === null) throw new Error('nobody is there')
  const { factors, user } = standing
  await running.store.people.changeFactors(userId, { ...factors, language: 'de', version: user.version }, actor)
  await running.engine.configChanged({ topic: 'users', ids: [userId] })
  const { reply } = await running.ask(secret, signed)
  const shown = reply?.attributes.find(({ name }) => name === 'Reply-Message')?.value
  expect(shown).toContain('Geben Sie den Code ein, den Ihr Token zeigt.')
})
