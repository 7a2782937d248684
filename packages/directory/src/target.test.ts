/** Tests a target against OpenLDAP: every way to reach it, to find a user, and every end that a sign-in can have. */
import { createCertificates, startSlapd, type RunningSlapd, type TestCertificates } from '@sallyport/tooling/servers'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { configurationFor } from '../test/configuration.ts'
import { type LdapConfiguration } from './configuration.ts'
import { createLdapTarget, type LdapTarget } from './target.ts'

const odd = 'o,d*d (na)me\\#"+<>;=é '
let certificates: TestCertificates
let server: RunningSlapd
let target: LdapTarget | undefined

beforeAll(async () => {
  certificates = await createCertificates()
  server = await startSlapd({
    certificates,
    ppolicy: true,
    users: [
      { uid: 'alice', password: 'alicepw' },
      { uid: 'bob', password: 'bobpw', mail: 'shared@sallyport.test' },
      { uid: 'carol', password: 'carolpw', mail: 'shared@sallyport.test' },
      { uid: 'dave', password: 'pässwörd ✓' },
      { uid: 'erin', password: 'erinpw', state: 'expired' },
      { uid: 'lena', password: 'lenapw', state: 'locked' },
      { uid: 'mona', password: 'monapw', state: 'must-change' },
      { uid: 'walter', password: 'walterpw' },
    ],
    ldif: `
dn: uid=odd,ou=people,dc=sallyport,dc=test
objectClass: inetOrgPerson
uid: odd
sn: Odd
cn:: ${Buffer.from(odd).toString('base64')}
userPassword: oddpw

dn: uid=al,ou=people,dc=sallyport,dc=test
objectClass: alias
objectClass: extensibleObject
uid: al
mail: alice@sallyport.test
aliasedObjectName: uid=alice,ou=people,dc=sallyport,dc=test

dn: ou=branch,dc=sallyport,dc=test
objectClass: referral
objectClass: extensibleObject
ou: branch
ref: ldap://branch.sallyport.test/ou=branch,dc=sallyport,dc=test
`,
  })
})

afterEach(async () => {
  await target?.close()
})

afterAll(async () => {
  await server.remove()
  await certificates.remove()
})

function signIn(username: string, password: string, changes: Partial<LdapConfiguration> = {}) {
  target = createLdapTarget(configurationFor([server], { caPem: certificates.caPem, ...changes }))
  return target.authenticate(username, password)
}

const search = (filter: string): Partial<LdapConfiguration> => ({ userLookup: { kind: 'search', filter } })
const template = (dn: string): Partial<LdapConfiguration> => ({ userLookup: { kind: 'template', dn } })

test.each([
  ['in the clear', 'none'],
  ['by StartTLS', 'starttls'],
  ['by LDAPS', 'ldaps'],
] as const)('a user is found and bound %s', async (_, tls) => {
  const url = tls === 'ldaps' ? server.ldapsUrl : server.url
  const changes = { tls, servers: [{ url }], userAttributes: ['mail'] }
  expect(await signIn('alice', 'alicepw', changes)).toEqual({
    kind: 'ok',
    dn: server.userDn('alice'),
    server: url,
    attributes: { mail: ['alice@sallyport.test'] },
  })
  expect(await target?.authenticate('alice', 'bobpw')).toMatchObject({ kind: 'wrong-password', server: url })
  expect(target?.health()).toMatchObject([{ server: url, state: 'up' }])
})

test.each([
  ['alice', 'wrong', 'wrong-password'],
  ['nobody', 'alicepw', 'unknown-user'],
  ['erin', 'erinpw', 'password-expired'],
  ['lena', 'lenapw', 'account-locked'],
  ['mona', 'monapw', 'must-change'],
  ['dave', 'pässwörd ✓', 'ok'],
  ['alice', '', 'wrong-password'],
  ['', 'alicepw', 'unknown-user'],
  ['*', 'alicepw', 'unknown-user'],
  ['alice)(uid=*', 'alicepw', 'unknown-user'],
  ['a'.repeat(513), 'alicepw', 'unknown-user'],
  ['alice\0', 'alicepw', 'unknown-user'],
] as const)('%j with the password %j is %s', async (username, password, kind) => {
  expect(await signIn(username, password)).toMatchObject({ kind })
})

test('five wrong passwords lock the account, and the right one is then refused as locked', async () => {
  const kinds: string[] = []
  for (let attempt = 0; attempt < 5; attempt += 1) kinds.push((await signIn('walter', 'wrong')).kind)
  expect(kinds).toEqual(Array(5).fill('wrong-password'))
  expect(await signIn('walter', 'walterpw')).toMatchObject({ kind: 'account-locked' })
})

test('a name of special characters is found by a filter as itself', async () => {
  expect(await signIn(odd.trim(), 'oddpw', search('(cn={username})'))).toMatchObject({
    kind: 'ok',
    dn: 'uid=odd,ou=people,dc=sallyport,dc=test',
  })
})

test('a template makes the DN without a search, so the query account is not used', async () => {
  const queryBind = { kind: 'simple', dn: server.bindDn, password: 'outdated' } as const
  const changes = { ...template('uid={username},ou=people,dc=sallyport,dc=test'), queryBind }
  const outcome = await signIn('alice', 'alicepw', changes)
  expect(outcome).toEqual({ kind: 'ok', dn: server.userDn('alice'), server: server.url })
})

test.each(['alice,ou=people', 'alice+cn=x', '\\', ' ', '#', '\0'])(
  '“%s” stays one value of a template',
  async (username) => {
    const outcome = await signIn(username, 'alicepw', template('uid={username},ou=people,dc=sallyport,dc=test'))
    expect(outcome).toMatchObject({ kind: 'wrong-password' })
  },
)

test('a login template takes no name that carries a domain of its own', async () => {
  expect(await signIn('admin@other', 'x', template('{username}@sallyport.test'))).toMatchObject({
    kind: 'unknown-user',
  })
})

test('two entries of one name are ambiguous, and neither is bound', async () => {
  expect(await signIn('shared@sallyport.test', 'bobpw', search('(mail={username})'))).toEqual({
    kind: 'ambiguous-user',
    server: server.url,
    detail: expect.stringContaining('uid=bob,') as string,
  })
})

test('an alias stands for its entry, alone or beside it', async () => {
  const dn = server.userDn('alice')
  expect(await signIn('al', 'alicepw')).toMatchObject({ kind: 'ok', dn })
  expect(await signIn('alice@sallyport.test', 'alicepw', search('(mail={username})'))).toMatchObject({ kind: 'ok', dn })
})

test('a base DN that another server holds is a fault of the configuration, named as such', async () => {
  const outcome = await signIn('alice', 'alicepw', { baseDn: 'ou=branch,dc=sallyport,dc=test' })
  expect(outcome).toMatchObject({
    kind: 'misconfigured',
    attempts: [{ problem: expect.stringContaining('refers to another server') as string }],
  })
})

test('a base DN that does not exist is no unknown user', async () => {
  const outcome = await signIn('alice', 'alicepw', { baseDn: 'ou=gone,dc=sallyport,dc=test' })
  expect(outcome).toMatchObject({
    kind: 'misconfigured',
    attempts: [{ problem: expect.stringContaining('base DN does not exist') as string }],
  })
})

test.each([
  ['expired', 'has expired: renew it'],
  ['otherName', 'is for another name (DNS:ldap.elsewhere.test)'],
  ['foreign', 'authority that is not trusted here'],
] as const)(
  'the %s certificate is refused by StartTLS and by LDAPS, and no password is sent',
  async (kind, problem) => {
    const impostor = await startSlapd({ certificates: { caFile: certificates.caFile, server: certificates[kind] } })
    try {
      for (const [tls, url] of [
        ['starttls', impostor.url],
        ['ldaps', impostor.ldapsUrl],
      ] as const) {
        expect(await signIn('alice', 'alicepw', { tls, servers: [{ url }] })).toEqual({
          kind: 'tls-refused',
          attempts: [{ server: url, problem: expect.stringContaining(problem) as string }],
        })
      }
    } finally {
      await impostor.remove()
    }
  },
)

test('without a CA of its own a configuration trusts the system’s, which do not know the test CA', async () => {
  target = createLdapTarget(configurationFor([server], { tls: 'ldaps', servers: [{ url: server.ldapsUrl }] }))
  expect(await target.authenticate('alice', 'alicepw')).toMatchObject({ kind: 'tls-refused' })
})

test('LDAPS to the plain port is refused in words', async () => {
  const url = server.url.replace('ldap:', 'ldaps:')
  expect(await signIn('alice', 'alicepw', { tls: 'ldaps', servers: [{ url }] })).toMatchObject({ kind: 'tls-refused' })
})
