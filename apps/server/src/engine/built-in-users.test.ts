/** Built-in users by PAP and MS-CHAPv2, over real packets: radclient asks, and FreeRADIUS is the second opinion. */
import { ntPasswordHash, checkAuthenticatorResponse, hashNtPasswordHash } from '@sallyport/radius'
import type { Store, UserFields } from '@sallyport/store'
import { radclient, startFreeRadius } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { totpCode } from '../oath/totp.ts'
import { createArgon2id } from '../passwords/argon2id.ts'
import { changePassword, respond } from '../test/mschap-client.ts'
import { actor, startTestServer, type Answer, type TestServer } from '../test/running-server.ts'

const argon2id = createArgon2id()
const password = 'four plain words here'
const seed = Buffer.from('12345678901234567890')
let server: TestServer
let freeRadius: Awaited<ReturnType<typeof startFreeRadius>>

const person = (username: string, enabled = true): UserFields => ({
  username,
  firstName: '',
  lastName: '',
  email: '',
  description: '',
  enabled,
})

async function add(store: Store, username: string, mustChange = false, enabled = true): Promise<void> {
  const kept = { hash: await argon2id.hash(password), ntHash: ntPasswordHash(password), mustChange }
  const added = await store.users.create({ ...person(username, enabled), password: kept }, actor)
  if (!added.ok) throw new Error(added.problem)
  const token = { algorithm: 'SHA-1', digits: 6, stepSeconds: 30, manufacturer: '', model: '' } as const
  await store.oathTokens.create({ ...token, serialNumber: username, userId: added.value.id, secret: seed }, actor)
}

beforeAll(async () => {
  freeRadius = await startFreeRadius({ users: [{ name: 'bob', password }] })
  server = await startTestServer(async (store) => {
    await store.settings.changeTarget({ kind: 'built-in', version: 1 }, actor)
    await add(store, 'early')
    await store.builtIn.changeSettings({ allowMschapV2: true, maximumAgeDays: null, version: 1 }, actor)
    for (const name of ['alice', 'bob', 'carol', 'forti', 'chap', 'typist', 'dave']) await add(store, name)
    for (const name of ['must-change', 'half-way', 'careless']) await add(store, name, true)
    await add(store, 'disabled', false, false)
  })
}, 60_000)
afterAll(async () => {
  await server.close()
  await freeRadius.stop()
})

const code = () => totpCode({ secret: seed, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, Date.now())
const as = (name: string) => `User-Name = "${name}"`
const pap = (typed: string) => `User-Password = "${typed}"`
const state = (answer: Answer) => `State = ${answer.get('State') ?? ''}`

describe('by PAP', () => {
  test('a built-in user signs in with the password and the code', async () => {
    const asked = await server.ask(as('alice'), pap(password))
    expect(asked.code).toBe('Access-Challenge')
    expect((await server.ask(as('alice'), pap(code()), state(asked))).code).toBe('Access-Accept')
  })

  test('CHAP is refused by name: what is kept cannot answer it', async () => {
    expect((await server.ask(as('alice'), `CHAP-Password = "${password}"`)).code).toBe('Access-Reject')
    expect(await server.reported('alice', 'chap-not-possible')).toMatchObject({ method: 'chap' })
  })
})

describe('by MS-CHAPv2', () => {
  test('success and keys are in the Accept after the code, the same as FreeRADIUS gives for the same exchange', async () => {
    const { lines } = respond(password, 'bob')
    const asked = await server.ask(as('bob'), ...lines)
    expect(asked.code).toBe('Access-Challenge')
    expect(asked.get('MS-CHAP2-Success')).toBeUndefined()
    const accept = await server.ask(as('bob'), pap(code()), state(asked))
    expect(accept.code).toBe('Access-Accept')

    const { reply } = await radclient({
      host: freeRadius.host,
      port: freeRadius.passwordPort,
      secret: freeRadius.secret,
      attributes: [as('bob'), ...lines, 'Message-Authenticator = 0x00'],
    })
    const theirs = (name: string) => reply?.attributes.find((each) => each.name === name)?.value
    for (const name of ['MS-CHAP2-Success', 'MS-MPPE-Send-Key', 'MS-MPPE-Recv-Key']) {
      expect(theirs(name), name).toMatch(/^0x/)
      expect(accept.get(name), name).toBe(theirs(name))
    }
  })

  test('a code that is answered by MS-CHAPv2 is proven by the candidates, and its own exchange is the one that is proven back', async () => {
    const asked = await server.ask(as('CORP\\\\carol'), ...respond(password, 'carol').lines)
    const now = code()
    const { lines, ntResponse, peerChallenge, authenticatorChallenge } = respond(now, 'carol')
    const accept = await server.ask(as('CORP\\\\carol'), ...lines, state(asked))
    expect(accept.code).toBe('Access-Accept')
    const success = Buffer.from((accept.get('MS-CHAP2-Success') ?? '').slice(2), 'hex')
    const hashHash = hashNtPasswordHash(ntPasswordHash(now))
    expect(success[0]).toBe(7)
    expect(
      checkAuthenticatorResponse(
        success.subarray(1).toString(),
        ...([hashHash, ntResponse, peerChallenge, authenticatorChallenge, 'carol'] as const),
      ),
    ).toBe(true)
    const wrong = await server.ask(as('carol'), ...respond(password, 'carol').lines)
    expect((await server.ask(as('carol'), ...respond(now, 'carol').lines, state(wrong))).code).toBe('Access-Challenge')
    await server.reported('carol', 'reused-code')
  })

  test('FortiGate’s code in clear inside MS-CHAP2-Response is understood', async () => {
    const asked = await server.ask(as('forti'), ...respond(password, 'forti').lines)
    const peerChallenge = Buffer.alloc(16)
    peerChallenge.write(code())
    const accept = await server.ask(as('forti'), ...respond('whatever', 'forti', peerChallenge).lines, state(asked))
    expect(accept.code).toBe('Access-Accept')
    expect(accept.get('MS-MPPE-Send-Key')).toMatch(/^0x/)
  })

  test('so is a code that is answered by CHAP', async () => {
    const asked = await server.ask(as('chap'), ...respond(password, 'chap').lines)
    expect((await server.ask(as('chap'), `CHAP-Password = "${code()}"`, state(asked))).code).toBe('Access-Accept')
  })

  test('every failure that is no business of a stranger looks alike, and may be tried again', async () => {
    const errors = await Promise.all([
      server.ask(as('typist'), ...respond('wrong', 'typist').lines),
      server.ask(as('nobody'), ...respond(password, 'nobody').lines),
      server.ask(as('early'), ...respond(password, 'early').lines),
      server.ask(as('disabled'), ...respond(password, 'disabled').lines),
    ])
    const texts = errors.map(errorText)
    for (const text of texts) expect(text).toMatch(/^E=691 R=1 C=[0-9A-F]{32} V=3$/)
    expect(new Set(texts).size).toBe(4)
    await server.reported('typist', 'wrong-password')
    await server.reported('nobody', 'no-password-kept')
    await server.reported('early', 'no-nt-hash')
    await server.reported('disabled', 'user-disabled')
  })

  test('the first version and what is malformed are refused by name', async () => {
    const first = await server.ask(
      as('typist'),
      `MS-CHAP-Challenge = 0x${'00'.repeat(8)}`,
      `MS-CHAP-Response = 0x${'00'.repeat(50)}`,
    )
    expect(first.code).toBe('Access-Reject')
    await server.reported('typist', 'mschap-v1-not-possible')
    await server.ask(
      as('typist'),
      `MS-CHAP-Challenge = 0x${'00'.repeat(16)}`,
      `MS-CHAP2-Response = 0x${'00'.repeat(49)}`,
    )
    await server.reported('typist', 'mschap-malformed')
  })
})

describe('a password that must change (RFC 2759 §7)', () => {
  const next = 'another four plain words'

  test('is said with the right one only, and is changed once the code is right', async () => {
    const name = 'must-change'
    expect(errorText(await server.ask(as(name), ...respond('wrong', name).lines))).toMatch(/^E=691 /)
    expect(errorText(await server.ask(as(name), ...respond(password, name).lines))).toMatch(/^E=648 R=0 C=.* V=3$/)
    const asked = await server.ask(as(name), ...changePassword(password, next, name))
    expect(asked.code).toBe('Access-Challenge')
    const accept = await server.ask(as(name), pap(code()), state(asked))
    expect(accept.code).toBe('Access-Accept')
    expect(accept.get('MS-CHAP2-Success')).toMatch(/^0x07533d/i)
    // At once, before anybody has moved it into the database.
    expect((await server.ask(as(name), pap(next))).code).toBe('Access-Challenge')
    expect((await server.ask(as(name), ...respond(next, name).lines)).code).toBe('Access-Challenge')
    expect((await server.ask(as(name), pap(password))).code).toBe('Access-Reject')
  })

  test('stays as it was while nobody has entered the code', async () => {
    const name = 'half-way'
    expect((await server.ask(as(name), ...changePassword(password, next, name))).code).toBe('Access-Challenge')
    expect((await server.ask(as(name), pap(next))).code).toBe('Access-Reject')
    await server.reported(name, 'wrong-password')
  })

  test('is not changed to one that breaks the rules, nor by somebody who does not know the old one', async () => {
    const name = 'careless'
    expect(errorText(await server.ask(as(name), ...changePassword(password, 'short', name)))).toMatch(/^E=709 R=0 /)
    expect(errorText(await server.ask(as(name), ...changePassword(password, password, name)))).toMatch(/^E=709 /)
    expect(errorText(await server.ask(as(name), ...changePassword('guessed', next, name)))).toMatch(/^E=691 /)
  })
})

/** MS-CHAP-Error's text, behind its ident. */
function errorText(answer: Answer): string {
  expect(answer.code).toBe('Access-Reject')
  return answer.get('MS-CHAP-Error')?.replace(/^\\?\\007|^\u0007|^\\a/, '') ?? ''
}
