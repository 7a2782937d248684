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
  allowedMethods: [],
  fallbackOath: false,
  pushWithoutNumber: false,
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
  listenerCertificates: [],
  radsecCertificates: [],
  clients: [{ ...client, messageAuthenticatorSeenAt: new Date(0) }],
  counts: { users: 1, clients: 1, tokens: 1 },
  usersWithoutFactor: 0,
  factorOffLetIn: 0,
  sockets: [],
  servers: [],
  forwarding: null,
  logReceivers: [],
  reports: [],
  now: new Date('2026-11-23T10:00:00.000Z'),
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

  test('says when accounting waits to be forwarded for long, has nobody to go to, or has no room left', () => {
    const server = {
      id: 's',
      server: '192.0.2.1:1813',
      state: 'down',
      sinceMs: 0,
      problem: null,
      acknowledged: 0,
    } as const
    const waits = (minutes: number, rows: number, servers: readonly (typeof server)[] = [server]) => {
      const oldestAtMs = rows === 0 ? null : healthy.now.getTime() - minutes * 60_000
      return worthDoing({ ...healthy, forwarding: { rows, limit: 100, oldestAtMs, waitingSessions: 0, servers } })
    }
    expect(waits(0, 0)).toEqual([])
    expect(waits(9, 5)).toEqual([])
    expect(waits(10, 5)).toEqual([{ kind: 'accounting-waits', count: 5, since: '2026-11-23T09:50:00.000Z' }])
    expect(waits(0, 5, [])).toEqual([{ kind: 'accounting-untaken', count: 5 }])
    expect(waits(0, 100)).toEqual([{ kind: 'accounting-outbox-full', count: 100 }])
  })

  test('names a log receiver once what it is to have has waited for ten minutes', () => {
    const waits = (minutes: number) => {
      const oldestAtMs = healthy.now.getTime() - minutes * 60_000
      return worthDoing({ ...healthy, logReceivers: [{ name: 'SIEM', waiting: 7, oldestAtMs }] })
    }
    expect(waits(9)).toEqual([])
    expect(waits(10)).toEqual([
      { kind: 'log-receiver-behind', name: 'SIEM', count: 7, since: '2026-11-23T09:50:00.000Z' },
    ])
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

test('a report that could not be mailed is named, one that was sent is not', () => {
  const last = { at: '2026-11-24T06:30:00.000Z', missed: 0, rows: 1, attached: true }
  const failed = { ...last, outcome: 'failed', problem: 'No mail gateway is enabled.' } as const
  const reports = [
    { name: 'Weekly', run: null, last: failed },
    { name: 'Daily', run: null, last: { ...last, outcome: 'sent', problem: null } as const },
    { name: 'New', run: null, last: null },
  ]
  expect(worthDoing({ ...healthy, reports })).toEqual([
    { kind: 'report-unsent', name: 'Weekly', problem: 'No mail gateway is enabled.' },
  ])
})
