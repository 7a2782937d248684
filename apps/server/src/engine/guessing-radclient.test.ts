/** Guessing a token's codes with a password that is known, over real packets: many challenges at the same time, through several clients. */
import { afterAll, beforeAll, expect, test } from 'vitest'

import { totpCode } from '../oath/totp.ts'
import { actor, startRunningEngine, type RunningEngine } from './test/running-engine.ts'

const key = { secret: Buffer.from('12345678901234567890'), algorithm: 'SHA-1', digits: 6, stepSeconds: 30 } as const
const clients = [
  { address: '127.0.0.1', secret: 'secret of the office' },
  { address: '127.0.0.2', secret: 'secret of the branch' },
  { address: '127.0.0.3', secret: 'secret of the shop' },
] as const
let running: RunningEngine
let userId: string

beforeAll(async () => {
  running = await startRunningEngine()
  for (const { address, secret } of clients) await running.addClient(secret, { address })
  const person = { username: 'alice', firstName: '', lastName: '', email: '', description: '', enabled: true }
  const added = await running.store.users.create(person, actor)
  if (!added.ok) throw new Error(added.problem)
  userId = added.value.id
  const token = { serialNumber: 'one', manufacturer: '', model: '', type: 'totp', userId } as const
  expect((await running.store.oathTokens.create({ ...key, ...token }, actor)).ok).toBe(true)
  await inForce()
}, 60_000)
afterAll(() => running.stop())

const inForce = () => running.engine.configChanged({ topic: 'users', ids: [userId] })
/** The guesser sits behind one client after another, at another place each time. */
const asked = async (at: number, ...attributes: readonly string[]) => {
  const { address, secret } = clients[at % clients.length] ?? clients[0]
  const from = [`Packet-Src-IP-Address = ${address}`, `Calling-Station-Id = "203.0.113.${at}"`]
  const { reply } = await running.ask(secret, 'Message-Authenticator = 0x00', ...from, ...attributes)
  return { code: reply?.code, state: reply?.attributes.find(({ name }) => name === 'State')?.value ?? '' }
}
/** None of those that count about now. */
function wrongCodes(count: number): readonly string[] {
  const near = Array.from({ length: 41 }, (_, at) => totpCode(key, Date.now() + (at - 20) * 30_000))
  return Array.from({ length: 100 }, (_, at) => String(at).padStart(6, '0'))
    .filter((code) => !near.includes(code))
    .slice(0, count)
}

test('the lock counts every one, wherever it comes from; after it the right code lets nobody in', async () => {
  const guesses = wrongCodes(9)
  const challenges = await Promise.all(guesses.map((_, at) => asked(at)))
  expect(challenges.map(({ code }) => code)).toEqual(guesses.map(() => 'Access-Challenge'))
  const answers = await Promise.all(
    guesses.map((guess, at) => asked(at, `User-Password := "${guess}"`, `State = ${challenges[at]?.state ?? ''}`)),
  )
  expect(answers.filter(({ code }) => code === 'Access-Accept')).toEqual([])

  await inForce()
  const { rows } = await running.store.signIns.list({ username: 'alice' }, { limit: 50 })
  const having = (reason: string) => rows.filter((row) => row.reason === reason)
  expect([having('wrong-code').length, having('factor-locked').length]).toEqual([5, 4])
  expect(new Set(having('wrong-code').map(({ clientAddress }) => clientAddress)).size).toBeGreaterThan(1)

  for (const [at] of clients.entries()) {
    expect((await asked(at)).code).toBe('Access-Reject')
    const right = `User-Password := "alicepw,${totpCode(key, Date.now())}"`
    expect((await asked(at, right)).code).toBe('Access-Reject')
  }
}, 60_000)
