/** MS-CHAP2-CPW (RFC 2759 §7) for a real Windows domain: nothing changes before the second factor, and then the domain decides. */
import { checkAuthenticatorResponse, hashNtPasswordHash, ntPasswordHash } from '@sallyport/radius'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { changePassword, exchangeOfChange, respond } from '../test/mschap-client.ts'
import type { Answer } from '../test/running-server.ts'
import {
  as,
  codeNow,
  domainPassword,
  pap,
  startDomainServer,
  stateOf,
  type DomainServer,
} from './test/domain-server.ts'

const next = 'Other plain words 2'
const names = ['must', 'hasty', 'half-way', 'careless', 'guesser', 'guessed'] as const
let server: DomainServer

beforeAll(async () => {
  const expired = { name: 'expired', state: 'password-expired' } as const
  server = await startDomainServer([expired, ...names.map((name) => ({ name, state: 'must-change' }) as const)])
}, 180_000)
afterAll(() => server.remove())

/** Signs in with the old password, and is told that it has to change. */
async function toldToChange(name: string): Promise<void> {
  expect((await server.byMschap(name)).get('MS-CHAP-Error')).toContain('E=648 R=0')
}
const change = (name: string, from = domainPassword, to = next) =>
  server.ask(as(name), ...changePassword(from, to, name))
const stillTheOldOne = async (name: string) => {
  expect((await server.byPap(name)).code).toBe('Access-Reject')
  await server.reported(name, 'password-must-change')
}

test.each(['must', 'expired'])('%s: after the code, and the Accept proves the domain by the new one', async (name) => {
  await toldToChange(name)
  const exchange = exchangeOfChange(domainPassword, next, name)
  const asked = await server.ask(as(name), ...exchange.lines)
  expect(asked.code).toBe('Access-Challenge')
  if (name === 'must') await stillTheOldOne(name)
  const accept = await server.ask(as(name), pap(codeNow()), stateOf(asked))
  expect(accept.code).toBe('Access-Accept')
  const success = Buffer.from((accept.get('MS-CHAP2-Success') ?? '').slice(2), 'hex')
    .subarray(1)
    .toString()
  const { ntResponse, peerChallenge, authenticatorChallenge } = exchange
  const hashHash = hashNtPasswordHash(ntPasswordHash(next))
  expect(checkAuthenticatorResponse(success, hashHash, ntResponse, peerChallenge, authenticatorChallenge, name)).toBe(
    true,
  )
  expect(accept.get('MS-MPPE-Send-Key')).toMatch(/^0x[0-9a-f]{32}$/)
  expect((await server.byMschap(name, next)).code).toBe('Access-Challenge')
  // What waited was sealed, and neither the log nor what is kept of the packets holds it.
  const { id } = await server.reported(name, 'code-requested')
  const kept = JSON.stringify([
    await server.store.signIns.byId(id),
    (await server.store.signIns.list({}, { limit: 20 })).rows,
  ])
  expect(kept).not.toContain(Buffer.from(exchange.encryptedPassword).toString('hex').slice(0, 40))
  expect(kept).not.toContain(Buffer.from(exchange.encryptedPassword).toString('base64').slice(0, 40))
})

test('is not begun for anybody who has not just proven the old password, and says so by name', async () => {
  const refused = await change('hasty')
  expect(refused.get('MS-CHAP-Error')).toContain('E=709 R=0')
  await server.reported('hasty', 'password-change-refused')
  // A wrong password proves nothing, and is told apart from an expired one to nobody.
  expect((await server.byMschap('hasty', 'wrong')).get('MS-CHAP-Error')).toContain('E=691')
  expect((await change('hasty')).get('MS-CHAP-Error')).toContain('E=709')
  await stillTheOldOne('hasty')
})

test('is not made while nobody has entered the code, nor after wrong ones', async () => {
  await toldToChange('half-way')
  let asked: Answer = await change('half-way')
  for (let tries = 0; tries < 3; tries++) {
    expect(asked.code).toBe('Access-Challenge')
    asked = await server.ask(as('half-way'), pap(codeNow() === '000000' ? '111111' : '000000'), stateOf(asked))
  }
  expect(asked.code).toBe('Access-Reject')
  await stillTheOldOne('half-way')
  // Each proof of the old password is good for one change.
  expect((await change('half-way')).get('MS-CHAP-Error')).toContain('E=709')
})

test('to what the domain does not take is refused after the code, with the domain’s reason in the trace', async () => {
  await toldToChange('careless')
  const asked = await change('careless', domainPassword, 'x')
  const answer = await server.ask(as('careless'), ...respond(codeNow(), 'careless').lines, stateOf(asked))
  expect(answer.code).toBe('Access-Reject')
  expect(answer.get('MS-CHAP-Error')).toContain('E=709 R=0')
  const { id } = await server.reported('careless', 'password-change-refused')
  expect(JSON.stringify(await server.store.signIns.byId(id))).toContain('update rule')
  await stillTheOldOne('careless')
})

test('by somebody who does not know the old password is refused by the domain', async () => {
  await toldToChange('guesser')
  const asked = await change('guesser', 'guessed words 1')
  expect(asked.code).toBe('Access-Challenge')
  expect((await server.ask(as('guesser'), pap(codeNow()), stateOf(asked))).code).toBe('Access-Reject')
  await server.reported('guesser', 'wrong-password')
  await stillTheOldOne('guesser')
})

test('by another user under a State that is not theirs is refused', async () => {
  await toldToChange('guessed')
  const asked = await change('guessed')
  expect((await server.ask(as('hasty'), pap(codeNow()), stateOf(asked))).code).toBe('Access-Reject')
  await stillTheOldOne('guessed')
})
