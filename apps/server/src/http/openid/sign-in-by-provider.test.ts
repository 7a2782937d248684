/** Sign-in by a real OpenID Connect provider: as administrators use it, and as somebody would who replays, swaps or forges answers. */
import { startOpenIdProvider, type OpenIdPerson, type RunningOpenIdProvider } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest'
import { cookieOf, password, startConsole, type Answer, type TestConsole } from '../test/console.ts'
import { setUpTotp } from '../test/own-totp.ts'
import { throughProvider } from '../test/provider-browser.ts'

const origin = 'http://127.0.0.1:9'
const redirectUri = `${origin}/sign-in/provider`
const client = { clientId: 'sallyport', clientSecret: 'a secret: with + and %' }
const twoFactors = 'urn:example:two-factors'
const ann: OpenIdPerson = { sub: 'id-of-ann', claims: { email: 'ann@corp.example', email_verified: true } }

let provider: RunningOpenIdProvider
beforeAll(async () => {
  provider = await startOpenIdProvider({ ...client, redirectUri, acrValues: [twoFactors] })
})
afterAll(() => provider.stop())

let console: TestConsole
let cookie: string
let annId: string
beforeEach(async () => {
  Object.assign(provider, { person: ann, alterTokens: null, alterDescription: null })
  console = await startConsole({ consoleOrigin: origin })
  cookie = await console.signInAs('administrator')
  await save()
  annId = await add('Ann@Corp.example')
})
afterEach(() => console.close())

const settings = () => ({
  ...{ ...client, enabled: true, issuer: provider.issuer, claim: 'email', label: 'Example ID' },
  ...{ trustSecondFactor: false, multifactorAcr: null, caPem: null, version: 1 },
})
const save = async (changes: object = {}, as = cookie) => {
  const saved = await console.call('PUT', '/api/administrators/openid', {
    cookie: as,
    body: { ...settings(), ...changes },
  })
  expect(saved.status).toBe(200)
}
const add = async (username: string) => {
  const body = { username, role: 'operator', password }
  return String((await console.call('POST', '/api/administrators', { cookie, body })).body['id'])
}
interface Begun {
  readonly url: string
  readonly mark: string
}
const begin = async (): Promise<Begun> => {
  const answer = await console.call('POST', '/api/session/openid/begin')
  return { url: String(answer.body['url']), mark: cookieOf(answer) }
}
const finish = (mark: string | undefined, answer: string) =>
  console.call('POST', '/api/session/openid', { cookie: mark, body: { answer } })
/** All of it, in one browser. */
const signIn = async ({ url, mark }: Begun) => finish(mark, (await throughProvider(url, redirectUri)).search)
const signInNow = async () => signIn(await begin())
const lastAudit = async () => (await console.store.audit.list({ limit: 1 })).rows[0]
const refused = (answer: Answer, words: RegExp) =>
  expect(answer.body).toMatchObject({
    ...{ status: 401, code: 'sign-in-failed', detail: expect.stringMatching(words) as unknown },
  })

describe('an administrator whom the provider knows', () => {
  test('is signed in by their verified address, in any case, and the account is theirs from then on', async () => {
    const done = await signInNow()
    expect(done.body).toMatchObject({ next: 'nothing', session: { administrator: { id: annId, role: 'operator' } } })
    expect((await console.call('GET', '/api/session', { cookie: cookieOf(done) })).status).toBe(200)
    const identity = { issuer: provider.issuer, subject: ann.sub }
    expect(await lastAudit()).toMatchObject({
      ...{ action: 'signed-in', subjectId: annId, after: { provenBy: ['openid-connect'], identity } },
    })
    // Their address changes at the provider: it is still they.
    provider.person = { ...ann, claims: { email: 'ann.married@corp.example', email_verified: true } }
    expect((await signInNow()).body).toMatchObject({ next: 'nothing' })
  })

  test('is named by another claim where the administrator chose one, and by the userinfo endpoint where the token is silent', async () => {
    const slim = await startOpenIdProvider({ ...client, redirectUri, claimsAtUserInfo: true })
    try {
      slim.person = { sub: 'id-of-bob', claims: { preferred_username: 'bob' } }
      await add('bob')
      await save({ issuer: slim.issuer, claim: 'preferred_username', version: 2 })
      expect((await signInNow()).body).toMatchObject({ session: { administrator: { username: 'bob' } } })
    } finally {
      await slim.stop()
    }
  })

  test('ends the session that the browser had, and gets a token that nobody had before', async () => {
    const { url, mark } = await begin()
    const answer = (await throughProvider(url, redirectUri)).search
    const done = await console.call('POST', '/api/session/openid', { cookie: `${mark}; ${cookie}`, body: { answer } })
    expect(cookieOf(done)).not.toBe(cookie)
    expect((await console.call('GET', '/api/session', { cookie })).status).toBe(401)
  })
})

describe('the second factor', () => {
  const ownFactor = async () => {
    const theirs = cookieOf(
      await console.call('POST', '/api/session', { body: { username: 'ann@corp.example', password } }),
    )
    return setUpTotp(console, theirs)
  }

  test('is asked for after the provider, and the audit trail names both', async () => {
    const totp = await ownFactor()
    const half = await signInNow()
    expect(half.body).toEqual({ next: 'factor', factors: ['totp', 'recovery-code'] })
    expect((await console.call('GET', '/api/session', { cookie: cookieOf(half) })).status).toBe(401)
    expect((await console.store.administrators.byId(annId))?.identity).toBeNull()
    const proof = { cookie: cookieOf(half), body: { code: totp.code() } }
    expect((await console.call('POST', '/api/session/factor', proof)).status).toBe(200)
    expect(await lastAudit()).toMatchObject({ after: { provenBy: ['openid-connect', 'totp'] } })
    expect((await console.store.administrators.byId(annId))?.identity).toMatchObject({ subject: ann.sub })
  })

  test('is set up first by who has none and needs one', async () => {
    await console.store.administratorPolicy.change(
      { secondFactorRequired: true, version: 2 },
      { id: null, name: 'test', address: null },
    )
    const half = await signInNow()
    expect(half.body).toEqual({ next: 'enrolment' })
    const { confirmed } = await setUpTotp(console, cookieOf(half))
    expect(confirmed.body).toMatchObject({ session: { administrator: { id: annId } } })
    expect((await console.store.administrators.byId(annId))?.identity).toMatchObject({ subject: ann.sub })
  })

  test.each([
    ['by amr', { amr: ['pwd', 'mfa'] }, {}],
    ['by an acr that everybody knows', { acr: 'phrh' }, { multifactorAcr: 'phrh' }],
    ['by the acr that was agreed on', { acr: twoFactors }, { multifactorAcr: twoFactors }],
  ])('is not asked for where the provider is trusted in it and says so %s', async (_, said, changes) => {
    await ownFactor()
    const known = await startOpenIdProvider({ ...client, redirectUri, acrValues: ['phrh', twoFactors] })
    try {
      known.person = { ...ann, ...said }
      const { issuer } = known
      await save({ ...changes, issuer, version: 2 })
      expect((await signInNow()).body).toMatchObject({ next: 'factor' })
      await save({ ...changes, issuer, trustSecondFactor: true, version: 3 })
      expect((await signInNow()).body).toMatchObject({ next: 'nothing' })
      known.person = { ...ann, amr: ['pwd'] }
      expect((await signInNow()).body).toMatchObject({ next: 'factor' })
    } finally {
      await known.stop()
    }
  })
})

describe('nobody is let in by', () => {
  test('an address that nobody verified', async () => {
    provider.person = { ...ann, claims: { email: 'ann@corp.example', email_verified: false } }
    refused(await signInNow(), /no account here is yours/)
    provider.person = { ...ann, claims: { email: 'ann@corp.example' } }
    refused(await signInNow(), /no account here is yours/)
  })

  test('a name that only looks like an administrator’s, or that nobody has', async () => {
    for (const email of ['ånn@corp.example', 'ann@corp.example ', 'eve@corp.example', '']) {
      provider.person = { ...ann, claims: { email, email_verified: true } }
      refused(await signInNow(), /no account here is yours/)
    }
    expect(await console.store.administrators.count()).toBe(2)
  })

  test('another account with the same address, until an administrator forgets the first', async () => {
    await signInNow()
    const other = { ...ann, sub: 'id-of-eve' }
    provider.person = other
    refused(await signInNow(), /no account here is yours/)
    const identity = { issuer: provider.issuer, subject: 'id-of-eve' }
    expect(await lastAudit()).toMatchObject({
      ...{ action: 'refused', subjectId: annId, after: { why: 'other-account', identity } },
    })
    const url = `/api/administrators/${annId}/openid`
    expect((await console.call('DELETE', url, { cookie })).status).toBe(204)
    expect(await lastAudit()).toMatchObject({ action: 'changed', subjectId: annId, after: { identity: null } })
    expect((await console.call('DELETE', url, { cookie })).status).toBe(404)
    expect((await signInNow()).body).toMatchObject({ next: 'nothing' })
  })

  test('an account that was half-way in as somebody whose account another one has become meanwhile', async () => {
    const theirs = cookieOf(
      await console.call('POST', '/api/session', { body: { username: 'ann@corp.example', password } }),
    )
    const totp = await setUpTotp(console, theirs)
    const half = cookieOf(await signInNow())
    await console.store.administrators.noteSignIn(
      annId,
      { id: null, name: 'test', address: null },
      ['openid-connect'],
      {
        ...{ issuer: provider.issuer, subject: 'id-of-another' },
      },
    )
    const proof = await console.call('POST', '/api/session/factor', { cookie: half, body: { code: totp.code() } })
    expect(proof.body).toMatchObject({ code: 'sign-in-failed' })
  })

  test('an administrator who is disabled, or locked', async () => {
    for (let n = 0; n < 10; n++) {
      await console.call('POST', '/api/session', {
        body: { username: 'ann@corp.example', password: 'wrong' },
        address: `192.0.2.${n}`,
      })
    }
    refused(await signInNow(), /locked for a while/)
    expect(await lastAudit()).toMatchObject({ action: 'refused', after: { why: 'locked' } })
    console.pass(15 * 60_000)
    expect((await signInNow()).status).toBe(200)
    const { version = 0 } = (await console.store.administrators.byId(annId)) ?? {}
    const actor = { id: null, name: 'test', address: null }
    await console.store.administrators.change(annId, { role: 'operator', enabled: false, version }, actor)
    refused(await signInNow(), /no account here is yours/)
    expect(await lastAudit()).toMatchObject({ after: { why: 'disabled' } })
  })

  test('an answer that came before, that another browser began, or that nobody began', async () => {
    const { url, mark } = await begin()
    const { search } = await throughProvider(url, redirectUri)
    refused(await finish(undefined, search), /another browser/)
    refused(await finish((await begin()).mark, search), /another browser/)
    expect((await finish(mark, search)).status).toBe(200)
    refused(await finish(mark, search), /used already/)
    refused(await finish(mark, search.replace(/state=[^&]+/, 'state=x')), /Begin again/)
    refused(await finish(mark, ''), /Begin again/)
  })

  test('an answer after ten minutes, or after the settings changed', async () => {
    const late = await begin()
    const answer = (await throughProvider(late.url, redirectUri)).search
    console.pass(10 * 60_000)
    refused(await finish(late.mark, answer), /too old/)
    const other = await begin()
    const second = (await throughProvider(other.url, redirectUri)).search
    const again = cookieOf(
      await console.call('POST', '/api/session', { body: { username: 'administrator-0', password } }),
    )
    await save({ version: 2 }, again)
    refused(await finish(other.mark, second), /Begin again/)
  })

  test('a code that belongs to another sign-in, with its own state in place', async () => {
    const [mine, theirs] = [await begin(), await begin()]
    const code = (await throughProvider(theirs.url, redirectUri)).searchParams.get('code') ?? ''
    const own = await throughProvider(mine.url, redirectUri)
    own.searchParams.set('code', code)
    refused(await finish(mine.mark, own.search), /does not hold/)
  })

  test('a token for another nonce, and an answer that names another provider', async () => {
    const begun = await begin()
    const url = new URL(begun.url)
    url.searchParams.set('nonce', 'of-somebody-else')
    refused(await finish(begun.mark, (await throughProvider(url.href, redirectUri)).search), /does not hold/)
    const second = await begin()
    const back = await throughProvider(second.url, redirectUri)
    back.searchParams.set('iss', 'https://other.example')
    refused(await finish(second.mark, back.search), /does not hold/)
  })

  const forge =
    (change: (header: object, claims: object) => readonly [object, object]) => (answer: Record<string, unknown>) => {
      const [header = '', claims = '', signature = ''] = String(answer['id_token']).split('.')
      const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object
      const write = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
      const [newHeader, newClaims] = change(read(header), read(claims))
      return { ...answer, id_token: `${write(newHeader)}.${write(newClaims)}.${signature}` }
    }
  test.each([
    ['whose claims were altered', forge((header, claims) => [header, { ...claims, email: 'administrator-0' }])],
    ['that is for another client', forge((header, claims) => [header, { ...claims, aud: 'other' }])],
    ['that is not signed', forge((_, claims) => [{ alg: 'none' }, claims])],
    ['that is signed by a shared secret', forge((header, claims) => [{ ...header, alg: 'HS256' }, claims])],
    ['that is not there', (tokens: Record<string, unknown>) => ({ ...tokens, id_token: undefined })],
  ])('an ID token %s', async (_, alter) => {
    provider.alterTokens = alter
    refused(await signInNow(), /does not hold/)
  })

  test('who said no at the provider, whatever the provider says about it', async () => {
    provider.person = null
    const answer = await signInNow()
    refused(answer, /did not let you in/)
    expect(answer.text).not.toContain('access_denied')
  })
})

describe('where there is no way', () => {
  test('a provider that is down is said to be; the password works', async () => {
    const { url, mark } = await begin()
    const { search } = await throughProvider(url, redirectUri)
    await provider.stop()
    try {
      expect((await finish(mark, search)).body).toMatchObject({ code: 'unavailable' })
      console.pass(10 * 60_000)
      expect((await console.call('POST', '/api/session/openid/begin')).body).toMatchObject({ code: 'unavailable' })
      const body = { username: 'ann@corp.example', password }
      expect((await console.call('POST', '/api/session', { body })).status).toBe(200)
    } finally {
      await provider.start()
    }
    expect((await signInNow()).status).toBe(200)
  })

  test('the sign-in page is told of no provider, and none is asked: it is off, or the console has no address', async () => {
    expect((await console.call('GET', '/api/setup')).body).toMatchObject({ provider: { label: 'Example ID' } })
    await save({ enabled: false, version: 2 })
    expect((await console.call('GET', '/api/setup')).body).toMatchObject({ provider: null })
    expect((await console.call('POST', '/api/session/openid/begin')).status).toBe(404)
    const nameless = await startConsole()
    const as = await nameless.signInAs('administrator')
    const saved = await nameless.call('PUT', '/api/administrators/openid', { cookie: as, body: settings() })
    expect(saved.body).toMatchObject({ redirectUri: null })
    expect((await nameless.call('GET', '/api/setup')).body).toMatchObject({ provider: null })
    expect((await nameless.call('POST', '/api/session/openid/begin')).status).toBe(404)
    await nameless.close()
  })

  test('a browser that has the console under another name is told where to go', async () => {
    const headers = { origin: 'http://localhost:80' }
    const answer = await console.call('POST', '/api/session/openid/begin', {
      headers: { ...headers, host: 'localhost:80' },
    })
    expect(answer.body).toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining('another address of this console') as unknown,
    })
  })

  test('tries are limited by network', async () => {
    for (let n = 0; n < 20; n++) refused(await finish(undefined, ''), /Begin again/)
    expect((await finish(undefined, '')).status).toBe(429)
  })
})
