import { startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let slapd: RunningSlapd
let console: TestConsole
let cookie: string
beforeAll(async () => {
  slapd = await startSlapd()
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
beforeEach(() => {
  console.notices.length = 0
})
afterAll(async () => {
  await console.close()
  await slapd.remove()
})

const input = (changes: object = {}) => ({
  servers: [{ url: slapd.url }],
  tls: 'none',
  caPem: null,
  baseDn: slapd.baseDn,
  userLookup: { kind: 'search', filter: '(uid={username})' },
  queryBind: { kind: 'simple', dn: slapd.bindDn, password: slapd.bindPassword },
  connectTimeoutMs: 2000,
  operationTimeoutMs: 2000,
  sizeLimit: 1000,
  version: 1,
  ...changes,
})
const withoutPassword = (dn = slapd.bindDn) => ({ queryBind: { kind: 'simple', dn } })
const save = (changes?: object) => console.call('PUT', '/api/directory/ldap', { cookie, body: input(changes) })
const tryOut = (changes?: object) => console.call('POST', '/api/directory/ldap/test', { cookie, body: input(changes) })
const passwordField = (message: string) => ({ status: 400, errors: [{ path: 'queryBind.password', message }] })

describe('the LDAP configuration', () => {
  test('is tried before it is saved, with the password that was typed', async () => {
    const answer = await tryOut()
    expect(answer.body).toMatchObject({ ok: true, steps: expect.arrayContaining([]) as unknown })
    expect((await console.call('GET', '/api/directory/ldap', { cookie })).body).toMatchObject({ configured: false })
    const wrong = await tryOut({ queryBind: { kind: 'simple', dn: slapd.bindDn, password: 'wrong' } })
    expect(wrong.body).toMatchObject({ ok: false })
  })

  test('needs a password where none is stored', async () => {
    expect((await save(withoutPassword())).body).toMatchObject(passwordField('Enter the bind password.'))
  })

  test('names the fields at fault and their fix', async () => {
    const { body } = await save({
      servers: [{ url: 'http://directory' }],
      userLookup: { kind: 'search', filter: '(uid=' },
    })
    expect(body).toMatchObject({ status: 400, code: 'invalid-input' })
    const paths = (body['errors'] as { path: string }[]).map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['servers.0.url', 'userLookup.filter']))
    expect(console.notices).toEqual([])
  })

  test('is saved, in force at once, and its password never comes back', async () => {
    const saved = await save()
    expect(saved.body).toMatchObject({
      configured: true,
      version: 2,
      queryBind: { kind: 'simple', dn: slapd.bindDn, hasPassword: true },
    })
    expect(console.notices).toEqual([{ topic: 'target' }])
    const read = await console.call('GET', '/api/directory/ldap', { cookie })
    const trail = await console.call('GET', '/api/reports/changes', { cookie })
    for (const { text } of [saved, read, trail]) expect(text).not.toContain(slapd.bindPassword)
  })

  test('keeps its password while servers, TLS and bind DN stay', async () => {
    expect((await tryOut(withoutPassword())).body).toMatchObject({ ok: true })
    expect((await save({ ...withoutPassword(), sizeLimit: 500, version: 2 })).body).toMatchObject({ version: 3 })
    expect((await tryOut(withoutPassword())).body).toMatchObject({ ok: true })
  })

  test.each([
    ['the servers', { servers: [{ url: 'ldap://192.0.2.1' }] }],
    ['the encryption', { tls: 'starttls' }],
    ['the certificate authority', { caPem: 'another' }],
  ])('never sends a stored password anywhere new: not after %s changed', async (what, changes) => {
    const problem = passwordField(`Enter the bind password again, because ${what} changed.`)
    expect((await tryOut({ ...withoutPassword(), ...changes })).body).toMatchObject(problem)
    expect((await save({ ...withoutPassword(), ...changes, version: 3 })).body).toMatchObject(problem)
  })

  test('never sends a stored password for another account', async () => {
    expect((await tryOut(withoutPassword(slapd.adminDn))).body).toMatchObject(
      passwordField('Enter the bind password again, because the bind DN changed.'),
    )
  })
})

describe('the LDAP target', () => {
  test('can be chosen now, and checks a name and password step by step', async () => {
    const chosen = await console.call('PUT', '/api/radius/target', { cookie, body: { kind: 'ldap', version: 1 } })
    expect(chosen.body).toEqual({ kind: 'ldap', version: 2 })
    const attempt = (password: string) =>
      console.call('POST', '/api/radius/target/test', { cookie, body: { username: 'alice', password } })
    expect((await attempt('alicepw')).body).toMatchObject({ ok: true })
    const wrong = await attempt('not the password')
    expect(wrong.body).toMatchObject({ ok: false })
    expect(wrong.text).not.toContain('not the password')
  })
})
