/** A configuration with something in each of its parts, and a person whose sign-ins tell what became of it. */
import { ntPasswordHash } from '@sallyport/radius'
import type { Store } from '@sallyport/store'
import { expect } from 'vitest'
import { createArgon2id } from '../../passwords/argon2id.ts'
import { actor } from '../../test/running-server.ts'

export const secrets = {
  bind: 'the bind password',
  server: 'the secret of another server',
  gateway: 'the password of a gateway',
  tunnel: 'the password of a tunnel',
  receiver: 'the token of a receiver',
}

/** Whatever the change, it has to have been made. */
async function made<T>(change: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false }>): Promise<T> {
  const outcome = await change
  if (!outcome.ok) throw new Error('not made')
  return outcome.value
}

/** Something in every list, and some settings that are not as they begin. */
export async function configure(store: Store): Promise<void> {
  const { queryBind, configured, ...ldap } = await store.settings.ldap()
  expect([queryBind.kind, configured]).toEqual(['anonymous', false])
  const servers = [{ url: 'ldaps://ldap.example.com' }]
  const bind = { kind: 'simple', dn: 'cn=search,dc=example,dc=com', password: secrets.bind } as const
  await made(store.settings.changeLdap({ ...ldap, servers, baseDn: 'dc=example,dc=com', queryBind: bind }, actor))
  await made(store.settings.changeTarget({ kind: 'built-in', version: 1 }, actor))
  for (const host of ['one.example.com', 'two.example.com']) {
    const fields = {
      authenticationPort: 1812,
      accountingPort: null,
      transport: 'udp',
      timeoutSeconds: 2,
      tries: 2,
    } as const
    const pem = { caPem: null, certificatePem: null, messageAuthenticator: 'require' } as const
    await made(store.radiusServers.create({ ...fields, ...pem, host, sharedSecret: secrets.server }, actor))
  }
  const smtp = { type: 'smtp', host: 'mail.example.com', port: 587, security: 'starttls', caPem: null } as const
  const sender = { username: 'sallyport', from: 'mfa@example.com', fromName: 'Sallyport', timeoutSeconds: 10 }
  const mail = { name: 'Mail', enabled: true, secret: secrets.gateway, configuration: { ...smtp, ...sender } }
  await made(store.gateways.create(mail, actor))
  const [client] = await store.radiusClients.list()
  const rule = { clientId: client?.id ?? null, groupName: '', operation: 'add', tag: 0, enabled: true } as const
  await made(store.replyRules.create({ ...rule, attribute: 'Class', value: 'staff', secret: false }, actor))
  await made(store.replyRules.create({ ...rule, attribute: 'Class', value: 'second', secret: false }, actor))
  const tunnel = { ...rule, clientId: null, attribute: 'Tunnel-Password', tag: 1 }
  await made(store.replyRules.create({ ...tunnel, value: secrets.tunnel, secret: true }, actor))
  const cache = { clientId: null, scope: 'user', methods: ['oath'], seconds: 60, enabled: true } as const
  await made(store.cacheRules.create(cache, actor))
  const office = { name: 'Office', clientId: client?.id ?? null, attribute: 'Calling-Station-Id', enabled: true }
  await made(store.trustedNetworks.create({ ...office, addresses: '192.0.2.0/24' }, actor))
  const https = { transport: 'https', url: 'https://siem.example.com/in', headerName: 'Authorization' } as const
  const receiver = { ...https, layout: 'lines', gzip: true, caPem: null } as const
  const what = { signIns: true, questions: false, changes: true, accounting: false }
  const siem = { ...what, name: 'SIEM', enabled: true, configuration: receiver, headerValue: secrets.receiver }
  await made(store.logReceivers.create(siem, actor))
  await made(store.alerts.change({ recipients: ['ops@example.com'], kinds: ['target-down'], version: 1 }, actor))
  await made(store.administratorPolicy.change({ secondFactorRequired: false, version: 1 }, actor))
  await made(store.company.change({ ...(await store.company.settings()), language: 'de', devicesPerUser: 2 }, actor))
}

/** People are no part of a configuration: each installation has its own. */
export async function addAlice(store: Store): Promise<void> {
  const names = { firstName: '', lastName: '', email: '', description: '', enabled: true }
  const hash = await createArgon2id().hash('four plain words here')
  const kept = { hash, ntHash: ntPasswordHash('four plain words here'), mustChange: false }
  await made(store.users.create({ ...names, username: 'alice', password: kept }, actor))
}
