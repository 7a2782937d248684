import type { BuiltInView, TestResult, UserView } from '@sallyport/contract'
import { openEngineReader } from '@sallyport/store/engine'
import { ntPasswordHash } from '@sallyport/radius'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let administrator: string
let helpDesk: string
beforeAll(async () => {
  console = await startConsole()
  administrator = await console.signInAs('administrator')
  helpDesk = await console.signInAs('operator')
})
afterAll(() => console.close())

const secret = 'correct horse battery'
const person = (username: string) => ({
  username,
  firstName: '',
  lastName: '',
  email: '',
  description: '',
  enabled: true,
})
const add = async (username: string, password?: unknown) => {
  const body = { ...person(username), ...(password === undefined ? {} : { password }) }
  return console.call('POST', '/api/users', { cookie: helpDesk, body })
}
const setPassword = (id: string, password: string, mustChange = false) =>
  console.call('PUT', `/api/users/${id}/password`, { cookie: helpDesk, body: { password, mustChange } })
const settings = async () =>
  (await console.call('GET', '/api/radius/target/built-in', { cookie: helpDesk })).body as unknown as BuiltInView
const allow = async (allowMschapV2: boolean) => {
  const { version, maximumAgeDays } = await settings()
  const body = { allowMschapV2, maximumAgeDays, version }
  return console.call('PUT', '/api/radius/target/built-in', { cookie: administrator, body })
}

describe('the password of a user', () => {
  test('is set when the user is added or later, and nothing of it comes back', async () => {
    const added = await add('ann', { password: secret, mustChange: true })
    expect(added.body).toMatchObject({ password: { mustChange: true, hasNtHash: false } })
    const { id } = added.body as unknown as UserView
    const reset = await setPassword(id, 'another long password')
    expect(reset.body).toMatchObject({ password: { mustChange: false } })
    const shown = await console.call('GET', `/api/users/${id}`, { cookie: helpDesk })
    for (const { text } of [added, reset, shown]) expect(text).not.toMatch(/argon2|horse|long password/)
    const removed = await console.call('DELETE', `/api/users/${id}/password`, { cookie: helpDesk })
    expect(removed.body).toMatchObject({ password: null })
  })

  test.each([
    ['short', 'too short'],
    ['a'.repeat(40), 'one character again and again'],
    ['é'.repeat(30) + 'abcdefgh'.repeat(8), 'longer than a RADIUS request holds'],
    ['tab\tin the middle', 'a control character'],
    ['my name is Bertram!', 'the user name in it'],
  ])('is refused as %j: %s', async (password) => {
    const { body } = await add('bertram', { password, mustChange: false })
    expect(body).toMatchObject({ status: 400, errors: [{ path: 'password.password' }] })
  })

  test('has an NT hash only where that is allowed and the password was set afterwards', async () => {
    const { id } = (await add('dora', { password: secret, mustChange: false })).body as unknown as UserView
    expect((await allow(true)).body).toMatchObject({ allowMschapV2: true })
    expect((await console.call('GET', `/api/users/${id}`, { cookie: helpDesk })).body).toMatchObject({
      password: { hasNtHash: false },
    })
    expect((await setPassword(id, secret)).body).toMatchObject({ password: { hasNtHash: true } })
    const reader = openEngineReader(console)
    expect(reader.unsealNtHash(id, reader.password(id)?.sealedNtHash ?? '')).toEqual(
      Buffer.from(ntPasswordHash(secret)),
    )
    reader.close()
    expect((await allow(false)).body).toMatchObject({ usersWithNtHash: 0 })
    expect(console.notices).toContainEqual({ topic: 'target' })
  })

  test('is nobody’s to allow by MS-CHAPv2 but an administrator’s', async () => {
    const { status } = await console.call('PUT', '/api/radius/target/built-in', {
      cookie: helpDesk,
      body: { allowMschapV2: true, maximumAgeDays: null, version: (await settings()).version },
    })
    expect(status).toBe(403)
  })
})

describe('the test of the target', () => {
  test('says step by step what is in the way', async () => {
    await console.call('PUT', '/api/radius/target', { cookie: administrator, body: { kind: 'built-in', version: 1 } })
    await add('eve', { password: secret, mustChange: false })
    await add('fred')
    const { id } = (await add('gina', { password: secret, mustChange: true })).body as unknown as UserView
    const tried = async (username: string, password: string) => {
      const body = { username, password }
      const answer = await console.call('POST', '/api/radius/target/test', { cookie: administrator, body })
      const { ok, steps } = answer.body as unknown as TestResult
      return { ok, failed: steps.filter((step) => !step.ok).map(({ step }) => step) }
    }
    expect(await tried('CORP\\Eve', secret)).toEqual({ ok: true, failed: [] })
    expect(await tried('eve', 'wrong')).toEqual({ ok: false, failed: ['password'] })
    expect(await tried('fred', secret)).toEqual({ ok: false, failed: ['password'] })
    expect(await tried('nobody', secret)).toEqual({ ok: false, failed: ['find-user'] })
    expect(await tried('gina', secret)).toEqual({ ok: false, failed: ['password-state'] })
    await setPassword(id, secret)
    expect(await tried('gina', secret)).toEqual({ ok: true, failed: [] })
  })
})
