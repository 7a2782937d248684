/** The settings of the OpenID Connect provider: who may, what is kept back, and what a test of it says. */
import { readFile } from 'node:fs/promises'
import {
  createCertificates,
  startOpenIdProvider,
  type OpenIdProviderOptions,
  type RunningOpenIdProvider,
  type TestCertificates,
} from '@sallyport/tooling/servers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

const url = '/api/administrators/openid'
const origin = 'https://console.example.com'
const client = { clientId: 'sallyport', clientSecret: 'nobody reads this' }
const input = {
  ...{ ...client, enabled: true, issuer: 'https://login.example.com/tenant', claim: 'upn', label: 'Example ID' },
  ...{ trustSecondFactor: false, multifactorAcr: null, caPem: null, version: 1 },
}

let console: TestConsole
let cookie: string
beforeEach(async () => {
  console = await startConsole({ consoleOrigin: origin })
  cookie = await console.signInAs('administrator')
})
afterEach(() => console.close())
const save = (changes: object) => console.call('PUT', url, { cookie, body: { ...input, ...changes } })

describe('the settings', () => {
  test('are empty at first, and say what the provider has to be told', async () => {
    expect((await console.call('GET', url, { cookie })).body).toMatchObject({
      ...{ enabled: false, issuer: '', hasSecret: false, configured: false, version: 1 },
      redirectUri: `${origin}/sign-in/provider`,
    })
  })

  test('keep the secret to themselves: in answers, in the audit trail, in the database', async () => {
    const saved = await save({})
    expect(saved.body).toMatchObject({ issuer: input.issuer, claim: 'upn', hasSecret: true, version: 2 })
    const audit = await console.store.audit.list({ limit: 1 })
    expect(audit.rows).toMatchObject([{ subjectKind: 'openid-provider', after: { clientSecret: '(changed)' } }])
    const answers = [saved.text, (await console.call('GET', url, { cookie })).text, JSON.stringify(audit.rows)]
    for (const text of answers) expect(text).not.toContain(client.clientSecret)
    const database = await readFile(`${console.dataDir}/sallyport.db-wal`)
    expect(database.includes('login.example.com')).toBe(true)
    expect(database.includes(client.clientSecret)).toBe(false)
    expect(await console.store.openId.settings()).toMatchObject(client)
  })

  test('keep the secret where it goes to the same client of the same issuer, and ask for it again elsewhere', async () => {
    await save({})
    const without = { ...input, clientSecret: undefined, version: 2 }
    const kept = await console.call('PUT', url, { cookie, body: { ...without, label: 'Other' } })
    expect(kept.body).toMatchObject({ hasSecret: true, version: 3 })
    for (const change of [{ issuer: 'https://evil.example' }, { clientId: 'other' }]) {
      for (const [method, path] of [['PUT', url] as const, ['POST', `${url}/test`] as const]) {
        const answer = await console.call(method, path, { cookie, body: { ...without, ...change, version: 3 } })
        expect(answer.body).toMatchObject({ code: 'invalid-input', errors: [{ path: 'clientSecret' }] })
      }
    }
  })

  test('that somebody else saved meanwhile are shown, and stay', async () => {
    await save({})
    const answer = await save({ label: 'Mine' })
    expect(answer.body).toMatchObject({ status: 409, current: { label: 'Example ID', version: 2 } })
    expect(answer.text).not.toContain(client.clientSecret)
  })

  test.each([
    [{ issuer: 'http://login.example.com' }, 'issuer'],
    [{ issuer: 'https://user:word@login.example.com' }, 'issuer'],
    [{ issuer: 'https://login.example.com/?tenant=1' }, 'issuer'],
    [{ issuer: 'javascript:alert(1)' }, 'issuer'],
    [{ issuer: 'http://127.0.0.1.example.com' }, 'issuer'],
    [{ claim: 'groups' }, 'claim'],
    [{ caPem: 'no certificate' }, 'caPem'],
    [{ label: '' }, 'label'],
  ])('refuse %o', async (change, path) => {
    expect((await save(change)).body).toMatchObject({ code: 'invalid-input', errors: [{ path }] })
  })

  test('take the address at which a provider describes itself for its issuer', async () => {
    const saved = await save({ issuer: `${input.issuer}/.well-known/openid-configuration` })
    expect(saved.body).toMatchObject({ issuer: input.issuer })
  })
})

describe('the test of a provider', () => {
  const own = { ...client, redirectUri: `${origin}/sign-in/provider` }
  let certificates: TestCertificates
  const opened: RunningOpenIdProvider[] = []
  beforeAll(async () => {
    certificates = await createCertificates()
  })
  afterEach(async () => {
    for (const provider of opened.splice(0)) await provider.stop()
  })
  afterAll(() => certificates.remove())
  const start = async (options: Partial<OpenIdProviderOptions> = {}) => {
    const provider = await startOpenIdProvider({ ...own, ...options })
    opened.push(provider)
    return provider
  }
  const look = async (changes: object) => {
    const body = { ...input, ...changes }
    return (await console.call('POST', `${url}/test`, { cookie, body })).body
  }

  test('says what was found', async () => {
    const { issuer } = await start()
    expect(await look({ issuer })).toEqual({
      ...{ outcome: 'found', authorizationEndpoint: `${issuer}/auth`, tokenEndpoint: `${issuer}/token` },
      ...{ algorithms: ['RS256'], keys: 1 },
    })
  })

  test('trusts the authority that is given, and no other', async () => {
    const { certificate, key } = certificates.server
    const [cert, its] = await Promise.all([readFile(certificate, 'utf8'), readFile(key, 'utf8')])
    const { issuer } = await start({ tls: { cert, key: its } })
    expect(await look({ issuer, caPem: certificates.caPem })).toMatchObject({ outcome: 'found' })
    for (const caPem of [null, certificates.foreignCaPem]) {
      expect(await look({ issuer, caPem })).toMatchObject({
        ...{ outcome: 'failed', problem: 'certificate-untrusted' },
      })
    }
  })

  test('names the issuer that it found in place of the one that was meant', async () => {
    const provider = await start()
    for (const issuer of ['https://other.example', `${provider.issuer}/{tenantid}/v2.0`]) {
      provider.alterDescription = (described) => ({ ...described, issuer })
      expect(await look({ issuer: provider.issuer })).toEqual({
        ...{ outcome: 'failed', problem: 'issuer-differs', said: issuer },
      })
    }
  })

  test.each([
    ['not-found', '404', '/nowhere', null],
    ['not-a-provider', '', '', () => 'no JSON'],
    ['unsuitable', 'token_endpoint', '', (of: object) => ({ ...of, token_endpoint: 'http://login.example.com/token' })],
    ['unsuitable', 'jwks_uri', '', (of: object) => ({ ...of, jwks_uri: undefined })],
    ['unsuitable', 'response_types_supported', '', (of: object) => ({ ...of, response_types_supported: ['id_token'] })],
    [
      ...['unsuitable', 'id_token_signing_alg_values_supported', ''],
      (of: object) => ({ ...of, id_token_signing_alg_values_supported: ['none', 'HS256'] }),
    ] as const,
    ['no-keys', '404', '', (of: { issuer?: unknown }) => ({ ...of, jwks_uri: `${String(of.issuer)}/nowhere` })],
  ] as const)('says %s %s', async (problem, said, path, alter) => {
    const provider = await start()
    provider.alterDescription = alter
    expect(await look({ issuer: provider.issuer + path })).toEqual({ outcome: 'failed', problem, said })
  })

  test('says that nobody answers', async () => {
    const provider = await start()
    await provider.stop()
    expect(await look({ issuer: provider.issuer })).toEqual({
      ...{ outcome: 'failed', problem: 'refused-connection', said: '' },
    })
    opened.splice(0)
  })
})
