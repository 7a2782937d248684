/** What an Access-Accept carries by rules, asked by radclient, the groups from a real directory. */
import type { ReplyRuleFields } from '@sallyport/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { actor, startRunningEngine, type RunningEngine } from './test/running-engine.ts'

const secret = 'the secret of the rules'
const signed = 'Message-Authenticator = 0x00'
let running: RunningEngine
let clientId: string

beforeAll(async () => {
  running = await startRunningEngine()
  clientId = await running.addClient(secret)
})
afterAll(() => running.stop())

async function addRule(value: string, fields: Partial<ReplyRuleFields> & { secret?: boolean }): Promise<string> {
  const usual = {
    clientId: null,
    groupName: '',
    operation: 'add',
    attribute: 'Filter-Id',
    tag: 0,
    enabled: true,
  } as const
  const added = await running.store.replyRules.create({ ...usual, secret: false, value, ...fields }, actor)
  if (!added.ok) throw new Error(added.problem)
  await running.apply('reply-rules')
  return added.value.id
}

async function acceptOf(user: string) {
  const { reply } = await running.askAs(user, secret, signed)
  expect(reply?.code).toBe('Access-Accept')
  return (reply?.attributes ?? [])
    .filter(({ name }) => name !== 'Message-Authenticator')
    .map(({ name, value }) => `${name} = ${value}`)
}

describe('an Access-Accept', () => {
  test('carries what the rules add and replace, in their order, for this client and the groups of the user', async () => {
    await addRule('everybody', {})
    await addRule('staff', { operation: 'replace', groupName: 'VPN' })
    await addRule('cn=vpn, ou=Groups,dc=sallyport,dc=test', {
      groupName: 'CN=vpn,OU=groups, DC=sallyport,DC=test',
      attribute: 'Reply-Message',
    })
    await addRule('elsewhere', { groupName: 'nowhere' })
    await addRule('vpn-users', { clientId, attribute: 'Fortinet-Group-Name' })
    await addRule('NAS-Prompt-User', { attribute: 'Service-Type' })
    const off = await addRule('off', { attribute: 'Class', enabled: false })
    const common = ['Fortinet-Group-Name = vpn-users', 'Service-Type = NAS-Prompt-User']
    const dn = 'Reply-Message = cn=vpn, ou=Groups,dc=sallyport,dc=test'
    expect(await acceptOf('alice')).toEqual(['Filter-Id = staff', dn, ...common])
    expect(await acceptOf('bob')).toEqual(['Filter-Id = everybody', ...common])
    // The DN of a known user is bound to without a search: the groups are remembered with it.
    expect(await acceptOf('alice')).toEqual(['Filter-Id = staff', dn, ...common])
    expect((await running.store.replyRules.list()).find(({ id }) => id === off)?.enabled).toBe(false)
  })

  test('hides what is secret for this client, and neither the trace nor the audit trail shows it', async () => {
    await addRule('between us two', { attribute: 'Tunnel-Password', tag: 1, secret: true })
    // radclient reveals it with the secret and the authenticator of its own request.
    expect(await acceptOf('carol')).toContain('Tunnel-Password:1 = between us two')
    await running.apply('clients')
    const { rows } = await running.store.signIns.list({}, { limit: 1 })
    const trace = JSON.stringify(await running.store.signIns.byId(rows[0]?.id ?? ''))
    expect(trace).toContain('reply-rule')
    const trail = JSON.stringify((await running.store.audit.list({ limit: 100 })).rows)
    for (const text of [trace, trail]) expect(text).not.toContain('between us two')
    expect((await running.store.replyRules.list()).at(-1)).toMatchObject({ attribute: 'Tunnel-Password', value: null })
  })

  test('forgets the rules of a client that is removed, and says so in the audit trail', async () => {
    const before = (await running.store.replyRules.list()).length
    const client = (await running.store.radiusClients.list()).find(({ id }) => id === clientId)
    await running.store.radiusClients.remove(clientId, client?.version ?? 0, actor)
    expect(await running.store.replyRules.list()).toHaveLength(before - 1)
    const { rows } = await running.store.audit.list({ limit: 5 })
    expect(rows).toContainEqual(
      expect.objectContaining({ action: 'removed', subjectKind: 'reply-rule', subjectName: 'Fortinet-Group-Name' }),
    )
  })
})
