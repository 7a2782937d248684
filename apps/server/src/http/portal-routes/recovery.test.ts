/** The way in without a second factor, over the portal's listener and the engine's real stages; and what people keep for it. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { portalFallbackDefaults } from '@sallyport/contract'
import type { OwnRecovery, PortalSignInStep } from '@sallyport/contract/portal'
import { ntPasswordHash } from '@sallyport/radius'
import type { Store } from '@sallyport/store'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totpCode } from '../../oath/totp.ts'
import { createArgon2id } from '../../passwords/argon2id.ts'
import { actor, startTestServer, type TestServer } from '../../test/running-server.ts'

const password = 'four plain words here'
const seed = Buffer.from('12345678901234567890')
const argon2id = createArgon2id()
const ids = new Map<string, string>()
let server: TestServer

async function add(store: Store, username: string): Promise<void> {
  const kept = { hash: await argon2id.hash(password), ntHash: ntPasswordHash(password), mustChange: false }
  const names = { firstName: '', lastName: '', email: `${username}@example.com`, description: '', enabled: true }
  const added = await store.users.create({ ...names, username, password: kept }, actor)
  if (!added.ok) throw new Error(added.problem)
  const token = { type: 'totp', algorithm: 'SHA-1', digits: 6, stepSeconds: 30, notBefore: null } as const
  const more = { serialNumber: username, userId: added.value.id, secret: seed, manufacturer: '', model: '' }
  await store.oathTokens.create({ ...token, ...more }, actor)
  ids.set(username, added.value.id)
}

/** Hears of each mail that comes. */
let tellMail: (text: string) => void = () => undefined
const mailServer = new SMTPServer({
  ...{ authOptional: true, hideSTARTTLS: true },
  onData(stream, { envelope }, done) {
    let text = envelope.rcptTo.map(({ address }) => address).join()
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => (text += chunk))
    stream.on('end', () => {
      tellMail(text)
      done(null)
    })
  },
})

const people = [
  'alice',
  'twice',
  'parallel',
  'guesser',
  'racer',
  'blocked',
  'asker',
  'phisher',
  'old',
  'robbed',
  'bare',
]
beforeAll(async () => {
  mailServer.listen(0, '127.0.0.1')
  await once(mailServer.server, 'listening')
  const { port } = mailServer.server.address() as AddressInfo
  server = await startTestServer(async (store) => {
    await store.settings.changeTarget({ kind: 'built-in', version: 1 }, actor)
    const gateway = {
      ...{ type: 'smtp' as const, host: '127.0.0.1', port, security: 'none' as const, caPem: null, username: '' },
      ...{ from: 'mfa@example.com', fromName: '', timeoutSeconds: 5 },
    }
    await store.gateways.create({ name: 'Mail', enabled: true, configuration: gateway }, actor)
    await store.administratorPolicy.change({ secondFactorRequired: false, version: 1 }, actor)
    await store.administrators.create(
      { username: 'operator', role: 'administrator', passwordHash: await argon2id.hash(password) },
      actor,
    )
    for (const name of people) await add(store, name)
    await store.portalFallback.change({ ...portalFallbackDefaults, securityQuestions: true, version: 1 }, actor)
  })
})
afterAll(async () => {
  await server.close()
  await new Promise<void>((resolve) => mailServer.close(resolve))
})

interface Answered<T> {
  readonly status: number
  readonly body: T
  readonly cookie: string
}
async function send<T = PortalSignInStep>(
  method: string,
  path: string,
  body?: unknown,
  cookie = '',
): Promise<Answered<T>> {
  const response = await fetch(new URL(`/api/portal/${path}`, server.portalUrl), {
    method,
    headers: { 'x-sallyport-request': 'portal', 'content-type': 'application/json', cookie },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
  })
  const text = await response.text()
  const set = (response.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? ''
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T, cookie: set }
}
const post = (path: string, body: unknown, cookie?: string) => send('POST', path, body, cookie)
const begin = (username: string, typed = password) => post('sign-in/fallback', { username, password: typed })
const idOf = (step: PortalSignInStep) => ('id' in step ? step.id : '')
const giveCode = (step: PortalSignInStep, code: string) =>
  post('sign-in/fallback/answer', { means: 'recovery-code', id: idOf(step), code })
const giveAnswers = (step: PortalSignInStep, answers: readonly string[]) =>
  post('sign-in/fallback/answer', { means: 'security-questions', id: idOf(step), answers })
const idFor = (username: string) => ids.get(username) ?? ''

async function signIn(username: string): Promise<string> {
  const asked = await post('sign-in', { username, password })
  const code = totpCode({ secret: seed, algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, Date.now())
  const done = await post('sign-in/answer', { id: idOf(asked.body), answer: code })
  expect(done.body).toMatchObject({ kind: 'signed-in', session: { kind: 'full' } })
  return done.cookie
}
async function makeCodes(cookie: string): Promise<string[]> {
  const made = await send<{ codes: string[] }>('POST', 'recovery/codes', {}, cookie)
  expect(made.status).toBe(200)
  return made.body.codes
}
const chosen = portalFallbackDefaults.questions['en']?.slice(0, 5) ?? []
const answers = ['High Street', 'Mrs. Miller', 'small & green', 'in the choir', 'Brumm']
const given = (of = answers) => ({ answers: chosen.map((question, index) => ({ question, answer: of[index] ?? '' })) })
const setQuestions = (cookie: string, body: object = given()) =>
  send<OwnRecovery>('PUT', 'recovery/questions', body, cookie)
/** Codes and questions straight into the store: for whoever need not have made them in the portal. */
async function furnish(username: string): Promise<void> {
  await server.store.recoveryCodes.replace(idFor(username), ['000000000001', '000000000002'], actor)
}
/** As the console does it, so that the engine goes by it. */
async function administer(method: string, path: string, body: object = {}): Promise<Response> {
  const call = (way: string, to: string, content: object, cookie = '') =>
    fetch(new URL(`/api/${to}`, server.consoleUrl), {
      method: way,
      headers: { 'x-sallyport-request': 'console', 'content-type': 'application/json', cookie },
      ...(way === 'GET' ? {} : { body: JSON.stringify(content) }),
    })
  const { headers } = await call('POST', 'session', { username: 'operator', password })
  const answered = await call(method, path, body, (headers.getSetCookie()[0] ?? '').split(';', 1)[0])
  expect(answered.status).toBeLessThan(300)
  return answered
}
const noCode = 'ZZZZ-ZZZZ-ZZZZ'

describe('recovery codes', () => {
  test('are ten, shown once, and counted', async () => {
    const cookie = await signIn('alice')
    const codes = await makeCodes(cookie)
    expect(new Set(codes).size).toBe(10)
    for (const code of codes)
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    const read = await send<OwnRecovery>('GET', 'recovery', undefined, cookie)
    expect(read.body.recoveryCodes).toMatchObject({ allowed: true, left: 10 })
    for (const code of codes) expect(JSON.stringify(read.body)).not.toContain(code)
  })

  test('let their owner in once, however they are typed, to enrol and to remove what is lost', async () => {
    const [code = ''] = await makeCodes(await signIn('twice'))
    const asked = await begin('twice')
    expect(asked.body).toMatchObject({ kind: 'fallback', recoveryCode: true, questions: [] })
    const mail = new Promise<string>((resolve) => (tellMail = resolve))
    const done = await giveCode(asked.body, ` ${code.toLowerCase().replaceAll('-', ' ')} `)
    expect(done.body).toMatchObject({ kind: 'signed-in', session: { username: 'twice', kind: 'recovery' } })
    await server.reported('twice', 'password-and-recovery-code')
    // Quoted-printable breaks its lines.
    expect((await mail).replaceAll('=\r\n', '')).toMatch(/^twice@example\.com[^]*a recovery code[^]*127\.0\.0\.1/)
    const drawn = await post('tokens/software', {}, done.cookie)
    expect(drawn.status).toBe(200)
    expect((await send('POST', 'recovery/codes', {}, done.cookie)).status).toBe(403)
    expect((await setQuestions(done.cookie)).status).toBe(403)
    const again = await giveCode((await begin('twice')).body, code)
    expect(again.body).toEqual({ kind: 'refused' })
    await server.reported('twice', 'wrong-recovery-code')
    expect(await server.store.recoveryCodes.standing(idFor('twice'))).toMatchObject({ left: 9 })
    const trail = await server.store.audit.list({ limit: 50 })
    expect(trail.rows.find(({ action }) => action === 'used')).toMatchObject({
      administrator: 'twice (portal)',
      subjectKind: 'recovery-codes',
    })
  })

  test('that are used at once in several sign-ins let in one of them', async () => {
    await furnish('parallel')
    const asked = await Promise.all([begin('parallel'), begin('parallel'), begin('parallel')])
    const done = await Promise.all(asked.map(({ body }) => giveCode(body, '0000-0000-0001')))
    expect(done.map(({ body }) => body.kind).toSorted()).toEqual(['refused', 'refused', 'signed-in'])
  })

  test('end when others are made', async () => {
    const cookie = await signIn('old')
    const [first = ''] = await makeCodes(cookie)
    const [second = ''] = await makeCodes(cookie)
    expect((await giveCode((await begin('old')).body, first)).body).toEqual({ kind: 'refused' })
    expect((await giveCode((await begin('old')).body, second)).body.kind).toBe('signed-in')
  })

  test('are nobody else’s', async () => {
    await furnish('robbed')
    await server.store.recoveryCodes.replace(idFor('bare'), ['0000000000XY'], actor)
    expect((await giveCode((await begin('robbed')).body, '0000000000XY')).body).toEqual({ kind: 'refused' })
  })
})

describe('guessing', () => {
  test('counts towards the lock of the second factor over sign-ins in parallel, and a right code comes too late then', async () => {
    await furnish('guesser')
    const asked = await Promise.all(Array.from({ length: 6 }, () => begin('guesser')))
    const [last, ...guesses] = asked
    const wrong = await Promise.all(guesses.map(({ body }) => giveCode(body, noCode)))
    expect(new Set(wrong.map(({ body }) => body.kind))).toEqual(new Set(['refused']))
    if (last === undefined) throw new Error('no sign-in was begun')
    expect((await giveCode(last.body, '000000000001')).body).toEqual({ kind: 'refused' })
    // What was refused used nothing up, and the second factor is locked with it.
    expect(await server.store.recoveryCodes.standing(idFor('guesser'))).toMatchObject({ left: 2 })
    expect((await begin('guesser')).body).toEqual({ kind: 'refused' })
    await server.reported('guesser', 'factor-locked')
    expect((await post('sign-in', { username: 'guesser', password })).body).toEqual({ kind: 'refused' })
    // It is on disk: a server that starts anew reads it from there.
    expect((await server.store.users.byId(idFor('guesser')))?.factorLockedUntil).not.toBeNull()
  })

  test('has one try for each proof of the password', async () => {
    await furnish('racer')
    const { body } = await begin('racer')
    expect((await giveCode(body, noCode)).body).toEqual({ kind: 'refused' })
    expect((await giveCode(body, '000000000001')).status).toBe(404)
  })

  test('takes as long as any rejection, whatever was wrong', async () => {
    const { body } = await begin('racer')
    const from = performance.now()
    await giveCode(body, noCode)
    expect(performance.now() - from).toBeGreaterThan(900)
  })

  test('of the password learns nothing here either', async () => {
    const wrong = await begin('racer', 'not the password')
    const nobody = await begin('nobody at all')
    expect([wrong.body, nobody.body]).toEqual([{ kind: 'refused' }, { kind: 'refused' }])
    expect(wrong.status).toBe(nobody.status)
  })
})

describe('nobody comes in', () => {
  test('who is blocked, nor by what was begun before the block', async () => {
    await furnish('blocked')
    const { body } = await begin('blocked')
    const id = idFor('blocked')
    await administer('POST', `users/${id}/blocks`, { reason: 'a lost laptop', until: null })
    expect((await giveCode(body, '000000000001')).body).toEqual({ kind: 'refused' })
    expect((await begin('blocked')).body).toEqual({ kind: 'refused' })
    await administer('POST', `users/${id}/unblock`)
    const user = await server.store.users.byId(id)
    const fields = { username: 'blocked', firstName: '', lastName: '', email: '', description: '' }
    await administer('PUT', `users/${id}`, { ...fields, enabled: false, version: user?.version })
    expect((await begin('blocked')).body).toEqual({ kind: 'refused' })
  })

  test('over RADIUS: a device that says what the portal says is not heard', async () => {
    await furnish('phisher')
    for (const said of ['fallback', 'recovery-code right']) {
      const lines = ['User-Name = "phisher"', `User-Password = "${password}"`, `Connect-Info = "${said}"`]
      const asked = await server.ask(...lines)
      expect(asked.code).toBe('Access-Challenge')
      expect(asked.get('Reply-Message')).toContain('code that your token shows')
      const state = `State = ${asked.get('State') ?? ''}`
      const answered = await server.ask(
        'User-Name = "phisher"',
        'User-Password = "000000000001"',
        state,
        `Connect-Info = "${said}"`,
      )
      expect(answered.code).not.toBe('Access-Accept')
    }
  })

  test('by answering the fallback as though it were an ordinary question, or the other way round', async () => {
    const { body } = await begin('racer')
    expect((await post('sign-in/answer', { id: idOf(body), answer: '000000000001' })).status).toBe(404)
    const ordinary = await post('sign-in', { username: 'phisher', password })
    expect((await giveCode(ordinary.body, '000000000001')).status).toBe(404)
  })

  test('who has nothing that takes the place of the second factor', async () => {
    await server.store.recoveryCodes.remove(idFor('bare'), actor)
    expect((await begin('bare')).body).toEqual({ kind: 'no-fallback' })
  })
})

describe('security questions', () => {
  test.each([
    ['too few', { answers: given().answers.slice(0, 4) }, 'answers'],
    ['one that is too short', given(['abc', ...answers.slice(1)]), 'answers.0.answer'],
    [
      'one twice, whatever its case and spaces',
      given(['High Street', 'highSTREET', ...answers.slice(2)]),
      'answers.1.answer',
    ],
    ['the user name', given(['ASKER', ...answers.slice(1)]), 'answers.0.answer'],
    ['what the question says', given(['Street', ...answers.slice(1)]), 'answers.0.answer'],
  ])('are not taken with %s', async (_name, body, path) => {
    const refused = await setQuestions(await session('asker'), body)
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path }] } })
  })

  test('are not taken twice, nor of one’s own making', async () => {
    const [first, ...others] = given().answers
    const twice = await setQuestions(await session('asker'), {
      answers: [first, { ...others[0], question: first?.question }, ...others.slice(1)],
    })
    expect(twice).toMatchObject({ body: { errors: [{ path: 'answers.1.question' }] } })
    const own = await setQuestions(await session('asker'), {
      answers: [{ question: 'Who am I?', answer: 'nobody' }, ...others],
    })
    expect(own).toMatchObject({ body: { errors: [{ path: 'answers.0.question' }] } })
  })

  test('let their owner in to enrol and nothing else, and ask others the next time', async () => {
    const set = await setQuestions(await session('asker'))
    expect(set.body.securityQuestions.set).toEqual(chosen)
    expect(JSON.stringify(set.body)).not.toContain('Brumm')
    // Nobody waits for easier ones.
    expect((await begin('asker')).body).toMatchObject({ questions: chosen.slice(0, 3) })
    const asked = await begin('asker')
    expect(asked.body).toMatchObject({ kind: 'fallback', recoveryCode: false, questions: chosen.slice(0, 3) })
    const done = await giveAnswers(asked.body, ['high street', ' MRS.  MILLER', 'Small&Green'])
    expect(done.body).toMatchObject({ kind: 'signed-in', session: { kind: 'enrolment' } })
    await server.reported('asker', 'password-and-security-questions')
    expect((await post('tokens/software', {}, done.cookie)).status).toBe(200)
    const [token] = (await server.store.oathTokens.list({ userId: idFor('asker'), limit: 5 })).rows
    expect((await post('tokens/remove', { id: token?.id }, done.cookie)).status).toBe(403)
    expect((await begin('asker')).body).toMatchObject({ questions: [chosen[3], chosen[4], chosen[0]] })
  })

  test('let nobody in by one wrong answer, or one too few', async () => {
    const asked = await begin('asker')
    expect((await giveAnswers(asked.body, ['in the choir', 'Brumm', 'wrong'])).body).toEqual({ kind: 'refused' })
    await server.reported('asker', 'wrong-security-answers')
    expect((await giveAnswers((await begin('asker')).body, ['in the choir', 'Brumm'])).body).toEqual({
      kind: 'refused',
    })
  })

  test('and codes count for nothing once they are not allowed any more', async () => {
    const asked = await begin('asker')
    const { version } = await server.store.portalFallback.read()
    const off = { ...portalFallbackDefaults, recoveryCodes: false, securityQuestions: false, version }
    await server.store.portalFallback.change(off, actor)
    expect((await giveAnswers(asked.body, ['in the choir', 'Brumm', 'High Street'])).body).toEqual({ kind: 'refused' })
    expect((await begin('asker')).status).toBe(403)
    expect((await send('GET', 'sign-in/fallback')).body).toEqual({ allowed: false })
    const cookie = await session('asker')
    expect((await setQuestions(cookie)).status).toBe(403)
    expect((await send('POST', 'recovery/codes', {}, cookie)).status).toBe(403)
  })
})

const kept = new Map<string, string>()
/** One sign-in by a code serves several tests: no code works twice. */
async function session(username: string): Promise<string> {
  const cookie = kept.get(username) ?? (await signIn(username))
  kept.set(username, cookie)
  return cookie
}
