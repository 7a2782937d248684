/** Tests a target against OpenLDAP: every way to reach it and every end that a sign-in can have. */
import { createCertificates, startSlapd, type RunningSlapd, type TestCertificates } from '@sallyport/tooling/servers'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { type LdapConfiguration } from './configuration.ts'
import { createLdapTarget, type LdapTarget, type LdapTargetOptions } from './target.ts'

let certificates: TestCertificates
let server: RunningSlapd
const targets: LdapTarget[] = []

beforeAll(async () => {
  certificates = await createCertificates()
  server = await startSlapd({
    certificates,
    ppolicy: true,
    users: [
      { uid: 'alice', password: 'alicepw' },
      { uid: 'bob', password: 'bobpw', mail: 'shared@sallyport.test' },
      { uid: 'carol', password: 'carolpw', mail: 'shared@sallyport.test' },
      { uid: 'erin', password: 'erinpw', state: 'expired' },
      { uid: 'lena', password: 'lenapw', state: 'locked' },
      { uid: 'mona', password: 'monapw', state: 'must-change' },
      { uid: 'od*d(na)me\\', password: 'oddpw' },
    ],
  })
})

afterEach(async () => {
  for (const target of targets.splice(0)) await target.close()
})

afterAll(async () => {
  await server.remove()
  await certificates.remove()
})

function configuration(changes: Partial<LdapConfiguration> = {}): LdapConfiguration {
  return {
    servers: [{ url: server.url }],
    tls: 'none',
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

function targetFor(changes: Partial<LdapConfiguration> = {}, options: LdapTargetOptions = {}): LdapTarget {
  const target = createLdapTarget(configuration(changes), options)
  targets.push(target)
  return target
}

test.each([
  ['in the clear', 'none'],
  ['by StartTLS', 'starttls'],
  ['by LDAPS', 'ldaps'],
] as const)('a user is found and bound %s', async (_, tls) => {
  const url = tls === 'ldaps' ? server.ldapsUrl : server.url
  const target = targetFor({ tls, servers: [{ url }], userAttributes: ['mail'] })
  expect(await target.authenticate('alice', 'alicepw')).toEqual({
    kind: 'ok',
    dn: server.userDn('alice'),
    server: url,
    attributes: { mail: ['alice@sallyport.test'] },
  })
  expect(await target.authenticate('alice', 'bobpw')).toMatchObject({ kind: 'wrong-password', server: url })
  expect(target.health()).toMatchObject([{ server: url, state: 'up' }])
})

test.each([
  ['alice', 'wrong', 'wrong-password'],
  ['nobody', 'alicepw', 'unknown-user'],
  ['erin', 'erinpw', 'password-expired'],
  ['lena', 'lenapw', 'account-locked'],
  ['mona', 'monapw', 'must-change'],
  ['alice', '', 'wrong-password'],
  ['', 'alicepw', 'unknown-user'],
  ['*', 'alicepw', 'unknown-user'],
] as const)('%s with the password “%s” is %s', async (username, password, kind) => {
  expect(await targetFor().authenticate(username, password)).toMatchObject({ kind })
})
