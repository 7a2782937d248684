import type { CreatedToken, TokenView } from '@sallyport/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { decodeBase32 } from '../../oath/otpauth.ts'
import { totpCode } from '../../oath/totp.ts'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
let userId: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
  const fields = { username: 'ann', firstName: '', lastName: '', email: '', description: '', enabled: true }
  userId = String((await console.call('POST', '/api/users', { cookie, body: fields })).body['id'])
})
beforeEach(() => {
  console.notices.length = 0
})
afterAll(() => console.close())

const plain = {
  serialNumber: '',
  algorithm: 'SHA-1',
  digits: 6,
  stepSeconds: 30,
  manufacturer: '',
  model: '',
  userId: null,
} as const
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const create = (body: object) => console.call('POST', '/api/oath-tokens', { cookie, body: { ...plain, ...body } })
const created = async (body: object) => (await create(body)).body as unknown as CreatedToken
const tryCode = (id: string, code: string) =>
  console.call('POST', `/api/oath-tokens/${id}/test`, { cookie, body: { code } })
const codeAt = (ms: number) =>
  totpCode({ secret: Buffer.from('12345678901234567890'), algorithm: 'SHA-1', digits: 6, stepSeconds: 30 }, ms)

describe('a token', () => {
  test('without a secret gets one of 160 bits, which is shown this once, as a URI too', async () => {
    const { token, enrolment } = await created({ userId })
    expect(decodeBase32(enrolment?.secret ?? '')).toHaveLength(20)
    expect(enrolment?.uri).toContain(
      `otpauth://totp/Sallyport:ann?secret=${String(enrolment?.secret)}&issuer=Sallyport`,
    )
    expect(token).toMatchObject({
      serialNumber: expect.stringMatching(/^SP-[A-Z2-7]{10}$/) as unknown,
      user: { username: 'ann' },
    })
    expect(console.notices).toEqual([{ topic: 'users', ids: [userId] }])
    const list = await console.call('GET', '/api/oath-tokens', { cookie })
    expect(list.text).not.toContain(enrolment?.secret)
    const { rows } = await console.store.audit.list({ limit: 1 })
    expect(JSON.stringify(rows)).not.toContain(enrolment?.secret)
  })

  test('with a secret never shows it', async () => {
    const answer = await create({ secret: secret.toLowerCase().replace(/(.{4})/g, '$1 '), serialNumber: 'HW-1' })
    expect(answer.body).toMatchObject({ enrolment: null, token: { serialNumber: 'HW-1', user: null } })
    expect(answer.text).not.toContain(secret)
    expect(console.notices).toEqual([])
  })

  test.each(['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3', 'GEZDGNBVGY3TQOJQ'])(
    'is refused with %s for a secret',
    async (wrong) => {
      expect((await create({ secret: wrong })).body).toMatchObject({ status: 400, errors: [{ path: 'secret' }] })
    },
  )

  test('is refused where the serial number is taken or the user is not there', async () => {
    await create({ serialNumber: 'HW-2', secret })
    expect((await create({ serialNumber: 'hw-2', secret })).body).toMatchObject({
      code: 'already-exists',
      errors: [{ path: 'serialNumber' }],
    })
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect((await create({ userId: nobody, secret })).body).toMatchObject({ status: 404 })
  })

  test('that moves tells the engine of both users; one that goes, of its last', async () => {
    const { token } = await created({ userId, secret })
    const fields = { username: 'bert', firstName: '', lastName: '', email: '', description: '', enabled: true }
    const other = String((await console.call('POST', '/api/users', { cookie, body: fields })).body['id'])
    console.notices.length = 0
    const assign = (to: string | null, version: number) =>
      console.call('PUT', `/api/oath-tokens/${token.id}/user`, { cookie, body: { userId: to, version } })
    expect((await assign(other, 1)).body).toMatchObject({ user: { username: 'bert' }, version: 2 })
    expect((await assign(null, 1)).body).toMatchObject({ code: 'changed-meanwhile', current: { version: 2 } })
    expect((await console.call('DELETE', `/api/oath-tokens/${token.id}?version=2`, { cookie })).status).toBe(204)
    expect(console.notices).toEqual([
      { topic: 'users', ids: [userId, other] },
      { topic: 'users', ids: [other] },
    ])
  })
})

describe('testing a code', () => {
  let token: TokenView
  beforeAll(async () => {
    token = (await created({ secret })).token
  })

  test('says right, and uses nothing up', async () => {
    const code = codeAt(console.now().getTime())
    for (let times = 0; times < 2; times += 1) {
      expect((await tryCode(token.id, code)).body).toEqual({ outcome: 'right', outOfStepSteps: 0 })
    }
  })

  test('says by how much a token’s clock is off', async () => {
    const ahead = codeAt(console.now().getTime() + 5 * 30_000)
    expect((await tryCode(token.id, ahead)).body).toEqual({ outcome: 'right-but-out-of-step', outOfStepSteps: 5 })
    const behind = codeAt(console.now().getTime() - 20 * 30_000)
    expect((await tryCode(token.id, behind)).body).toEqual({ outcome: 'right-but-out-of-step', outOfStepSteps: -20 })
    const beyond = codeAt(console.now().getTime() + 21 * 30_000)
    expect((await tryCode(token.id, beyond)).body).toEqual({ outcome: 'wrong', outOfStepSteps: null })
  })

  test('ten wrong codes in a minute close that token’s test, and only that one', async () => {
    const { token: other } = await created({ secret })
    const wrong = codeAt(console.now().getTime() + 1000 * 30_000)
    for (let times = 0; times < 10; times += 1) expect((await tryCode(other.id, wrong)).status).toBe(200)
    const refused = await tryCode(other.id, codeAt(console.now().getTime()))
    expect(refused.body).toMatchObject({ status: 429, code: 'too-many-requests' })
    expect(refused.headers['retry-after']).toBe('60')
    expect((await tryCode(token.id, wrong)).status).toBe(200)
    console.pass(60_000)
    expect((await tryCode(other.id, wrong)).body).toMatchObject({ outcome: 'wrong' })
  })
})

describe('a token’s present code', () => {
  test('is shown by the sample site, with the seconds it has left', async () => {
    const sample = await startConsole({ sampleSite: true })
    const admin = await sample.signInAs('administrator')
    const made = await sample.call('POST', '/api/oath-tokens', { cookie: admin, body: { ...plain, secret } })
    const { token } = made.body as unknown as CreatedToken
    sample.pass(11_000)
    expect((await sample.call('GET', `/api/oath-tokens/${token.id}/code`, { cookie: admin })).body).toEqual({
      code: codeAt(sample.now().getTime()),
      secondsLeft: 19,
    })
    await sample.close()
  })

  test('is not there anywhere else', async () => {
    const { token } = await created({ secret })
    expect((await console.call('GET', `/api/oath-tokens/${token.id}/code`, { cookie })).status).toBe(404)
  })
})
