/** Tests that every fault of a configuration is found at its field, with the fix. */
import { createCertificates, type TestCertificates } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type LdapConfiguration } from './configuration.ts'
import { validateLdapConfiguration } from './validate.ts'

let certificates: TestCertificates

beforeAll(async () => {
  certificates = await createCertificates()
})

afterAll(async () => {
  await certificates.remove()
})

const good: LdapConfiguration = {
  servers: [{ url: 'ldap://dc1.example.com' }, { url: 'ldap://[2001:db8::1]:3389' }],
  tls: 'starttls',
  verifyCertificate: true,
  baseDn: 'dc=example,dc=com',
  userLookup: { kind: 'search', filter: '(|(sAMAccountName={username})(userPrincipalName={username}))' },
  queryBind: { kind: 'simple', dn: 'cn=reader,dc=example,dc=com', password: 'secret' },
  connectTimeoutMs: 3_000,
  operationTimeoutMs: 3_000,
  sizeLimit: 1_000,
}

test('a good configuration has no faults', () => {
  expect(validateLdapConfiguration({ ...good, caPem: certificates.caPem })).toEqual([])
})

test.each([
  'uid={username},ou=people,dc=example,dc=com',
  'cn={username}+ou=a\\,b,dc=example',
  '{username}@example.com',
  'CORP\\{username}',
])('%s is a template', (dn) => {
  expect(validateLdapConfiguration({ ...good, userLookup: { kind: 'template', dn } })).toEqual([])
})

const faults: [string, Partial<LdapConfiguration>, string, RegExp][] = [
  ['no server', { servers: [] }, 'servers', /at least one server/],
  ['ldap//host', { servers: [{ url: 'ldap//host' }] }, 'servers.0.url', /write ldap:\/\/ or ldaps:\/\//],
  ['a server twice', { servers: [{ url: 'ldap://a' }, { url: 'LDAP://A:389/' }] }, 'servers.1.url', /already/],
  ['ldaps with StartTLS', { servers: [{ url: 'ldaps://a' }] }, 'servers.0.url', /choose LDAPS instead/],
  ['ldaps without encryption', { servers: [{ url: 'ldaps://a' }], tls: 'none' }, 'servers.0.url', /needs LDAPS/],
  ['LDAPS on ldap://', { servers: [{ url: 'ldap://a' }], tls: 'ldaps' }, 'servers.0.url', /needs an ldaps:\/\//],
  ['text as CA', { caPem: 'certificate' }, 'caPem', /BEGIN CERTIFICATE/],
  ['a key as CA', { caPem: '-----BEGIN EC PRIVATE KEY-----\n' }, 'caPem', /private key/],
  [
    'a damaged CA',
    { caPem: '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----' },
    'caPem',
    /copy the whole certificate/,
  ],
  ['no base DN', { baseDn: ' ' }, 'baseDn', /such as dc=example,dc=com/],
  ['a domain as base DN', { baseDn: 'example.com' }, 'baseDn', /This is no DN/],
  [
    'a filter without a place',
    { userLookup: { kind: 'search', filter: '(uid=me)' } },
    'userLookup.filter',
    /where the user name/,
  ],
  [
    'an open filter',
    { userLookup: { kind: 'search', filter: '(&(uid={username})' } },
    'userLookup.filter',
    /parentheses/,
  ],
  [
    'a template without a place',
    { userLookup: { kind: 'template', dn: 'uid=me,dc=a' } },
    'userLookup.dn',
    /where the user name/,
  ],
  ['a bare template', { userLookup: { kind: 'template', dn: '{username}' } }, 'userLookup.dn', /neither a DN/],
  ['a query account without DN', { queryBind: { kind: 'simple', dn: '', password: 'x' } }, 'queryBind.dn', /anonymous/],
  ['a query account PLAIN', { queryBind: { kind: 'simple', dn: 'PLAIN', password: 'x' } }, 'queryBind.dn', /no DN/],
  [
    'an empty query password',
    { queryBind: { kind: 'simple', dn: 'cn=a', password: '' } },
    'queryBind.password',
    /Enter the password/,
  ],
  ['no time', { connectTimeoutMs: 0 }, 'connectTimeoutMs', /between/],
  ['a fraction', { operationTimeoutMs: 100.5 }, 'operationTimeoutMs', /between/],
  ['a negative limit', { sizeLimit: -1 }, 'sizeLimit', /number of entries/],
]

test.each(faults)('%s is named at its field with the fix', (_, changes, path, message) => {
  const found = validateLdapConfiguration({ ...good, ...changes })
  expect(found).toEqual([{ path, message: expect.stringMatching(message) as string }])
})

test('a CA that has expired is named with its date', () => {
  const found = validateLdapConfiguration({ ...good, caPem: certificates.expiredCaPem })
  expect(found).toEqual([
    { path: 'caPem', message: expect.stringMatching(/^The certificate “CN=Expired CA” expired on 20/) as string },
  ])
})

test('a CA that is not valid yet points at the clock', () => {
  const past = new Date('2001-01-01T00:00:00Z')
  const found = validateLdapConfiguration({ ...good, caPem: certificates.caPem }, past)
  expect(found).toMatchObject([{ path: 'caPem', message: expect.stringContaining('clock') as string }])
})
