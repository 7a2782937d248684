/** Tests what the Test button says of good and bad configurations, against OpenLDAP. */
import {
  createCertificates,
  freeTcpPort,
  startSlapd,
  type RunningSlapd,
  type TestCertificates,
} from '@sallyport/tooling/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type LdapConfiguration } from './configuration.ts'
import { testLdapConfiguration } from './test-connection.ts'

let certificates: TestCertificates
let server: RunningSlapd

beforeAll(async () => {
  certificates = await createCertificates()
  server = await startSlapd({ certificates })
})

afterAll(async () => {
  await server.remove()
  await certificates.remove()
})

function configuration(changes: Partial<LdapConfiguration> = {}): LdapConfiguration {
  return {
    servers: [{ url: server.ldapsUrl }],
    tls: 'ldaps',
    verifyCertificate: true,
    caPem: certificates.caPem,
    baseDn: server.baseDn,
    userLookup: { kind: 'search', filter: '(uid={username})' },
    queryBind: { kind: 'simple', dn: server.bindDn, password: server.bindPassword },
    connectTimeoutMs: 2_000,
    operationTimeoutMs: 2_000,
    sizeLimit: 100,
    ...changes,
  }
}

test('a good configuration and password pass every step, in order, with the certificate in words', async () => {
  const steps = await testLdapConfiguration(configuration(), { username: 'alice', password: 'alicepw' })
  expect(steps.map(({ step, ok }) => [step, ok])).toEqual([
    ['connect', true],
    ['tls', true],
    ['query-bind', true],
    ['base', true],
    ['find-user', true],
    ['user-bind', true],
  ])
  expect(steps[1]?.message).toMatch(
    /^TLSv1\.3: certificate of localhost, issued by Test CA, valid until \d{4}-\d\d-\d\d\.$/,
  )
  expect(steps[3]?.message).toBe('The base DN exists; the filter matches 4 entries below it.')
  expect(steps[5]?.message).toBe(`${server.userDn('alice')} signed in.`)
})

test('servers are tested each for itself: a dead one does not hide the good one', async () => {
  const dead = `ldaps://127.0.0.1:${await freeTcpPort()}`
  const steps = await testLdapConfiguration(configuration({ servers: [{ url: dead }, { url: server.ldapsUrl }] }))
  expect(steps[0]).toMatchObject({ server: dead, step: 'connect', ok: false })
  expect(steps[0]?.message).toMatch(/^Nothing listens at this address and port/)
  expect(steps.slice(1).map(({ server: url, ok }) => [url, ok])).toEqual(Array(4).fill([server.ldapsUrl, true]))
})

const failures: [string, () => Partial<LdapConfiguration>, string, RegExp][] = [
  ['a foreign CA', () => ({ caPem: certificates.foreignCaPem }), 'tls', /authority that is not trusted here/],
  ['LDAPS to the plain port', () => ({ servers: [{ url: server.url.replace('ldap:', 'ldaps:') }] }), 'tls', /TLS/],
  [
    'a wrong query password',
    () => ({ queryBind: { kind: 'simple', dn: server.bindDn, password: 'no' } }),
    'query-bind',
    /refused the query account: its DN or password is wrong\./,
  ],
  ['a base DN that does not exist', () => ({ baseDn: `ou=gone,${server.baseDn}` }), 'base', /base DN does not exist/],
  [
    'a filter that matches nobody',
    () => ({ userLookup: { kind: 'search', filter: '(employeeNumber={username})' } }),
    'base',
    /filter matches nobody/,
  ],
]

test.each(failures)('%s fails at its step with the fix', async (_, changes, step, message) => {
  const steps = await testLdapConfiguration(configuration(changes()))
  expect(steps.at(-1)).toMatchObject({ step, ok: false })
  expect(steps.at(-1)?.message).toMatch(message)
  expect(steps.slice(0, -1).every(({ ok }) => ok)).toBe(true)
})

test.each([
  ['nobody', 'x', 'find-user', /Nobody below the base DN/],
  ['alice', 'wrong', 'user-bind', /found the user and refused the password/],
  ['alice', '', 'user-bind', /an empty one is never sent/],
] as const)('signing in as %s with “%s” fails at %s', async (username, password, step, message) => {
  const steps = await testLdapConfiguration(configuration(), { username, password })
  expect(steps.at(-1)).toMatchObject({ step, ok: false })
  expect(steps.at(-1)?.message).toMatch(message)
})

test('no message repeats a password', async () => {
  const secrets = { username: 'alice', password: 'hunter2-of-alice' }
  const steps = await testLdapConfiguration(configuration(), secrets)
  expect(JSON.stringify(steps)).not.toContain(secrets.password)
  expect(JSON.stringify(steps)).not.toContain(server.bindPassword)
})

test('a faulty configuration is not tried, and each fault is a failed step', async () => {
  const steps = await testLdapConfiguration(configuration({ servers: [{ url: 'ldap//host' }], baseDn: 'nonsense' }))
  expect(steps.map(({ server: url, ok }) => [url, ok])).toEqual(Array(2).fill(['ldap//host', false]))
})
