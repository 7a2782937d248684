import type { LdapSettings, RadiusClientRecord } from '@sallyport/store'
import { describe, expect, test } from 'vitest'
import { worthDoing, type Situation } from './worth-doing.ts'

const ldap: LdapSettings = {
  servers: [{ url: 'ldap://one' }],
  tls: 'starttls',
  caPem: null,
  baseDn: 'dc=example,dc=com',
  userLookup: { kind: 'search', filter: '(uid={username})' },
  queryBind: { kind: 'anonymous' },
  connectTimeoutMs: 1000,
  operationTimeoutMs: 1000,
  sizeLimit: 100,
  configured: true,
  version: 2,
}
const client: RadiusClientRecord = {
  id: '00000000-0000-4000-8000-000000000001',
  address: '192.0.2.1',
  nasIdentifier: '',
  certificateName: '',
  applicationName: '',
  vendorProfile: 'other',
  requireUserMatch: true,
  messageAuthenticator: 'auto',
  limitProxyState: true,
  factorMode: 'automatic',
  canBeChallenged: true,
  deviceTimeoutSeconds: 60,
  enabled: true,
  messageAuthenticatorSeenAt: null,
  proxyStateSeenAt: null,
  methodsSeen: ['pap'],
  lastSeenAt: new Date(0),
  signInsLastDay: 1,
  createdAt: new Date(0),
  version: 1,
}
const healthy: Situation = {
  settings: {
    ...{ enabled: true, authenticationPorts: [1812], version: 2 },
    ...{ accountingPorts: [1813], accountingSilenceHours: 24 },
  },
  target: { kind: 'ldap', version: 2 },
  ldap,
  radsecCertificates: [],
  clients: [{ ...client, messageAuthenticatorSeenAt: new Date(0) }],
  counts: { users: 1, clients: 1, tokens: 1 },
  usersWithoutToken: 0,
  sockets: [],
  servers: [],
}

describe('worth doing', () => {
  test('is nothing where all is well', () => {
    expect(worthDoing(healthy)).toEqual([])
  })

  test('names a client that was heard without Message-Authenticator, by its address where it has no name', () => {
    expect(worthDoing({ ...healthy, clients: [client] })).toEqual([
      { kind: 'client-without-message-authenticator', clientId: client.id, name: '192.0.2.1' },
    ])
  })

  test.each([
    ['was never heard', { lastSeenAt: null }],
    ['is disabled', { enabled: false }],
    ['must send one', { messageAuthenticator: 'require' }],
  ] as const)('does not name a client that %s', (_, changes) => {
    expect(worthDoing({ ...healthy, clients: [{ ...client, ...changes }] })).toEqual([])
  })

  test('names passwords that travel in clear', () => {
    expect(worthDoing({ ...healthy, ldap: { ...ldap, tls: 'none' } })).toEqual([{ kind: 'ldap-without-tls' }])
  })

  test('names a port once, though it failed for both families', () => {
    const failed = { port: 1812, kind: 'authentication', state: 'failed', problem: 'In use.' } as const
    const sockets = [
      { ...failed, family: 'IPv4' as const },
      { ...failed, family: 'IPv6' as const },
    ]
    expect(worthDoing({ ...healthy, sockets })).toEqual([{ kind: 'socket-failed', port: 1812, problem: 'In use.' }])
  })
})
