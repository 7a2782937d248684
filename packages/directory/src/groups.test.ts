/** Tests that all groups of a user are found: by OpenLDAP level by level, by a domain controller in a chain. */
import { startSambaAd, startSlapd, type RunningSambaAd, type RunningSlapd } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { configurationFor } from '../test/configuration.ts'
import { groupAttribute, groupAttributes } from './groups.ts'
import { createLdapTarget, type LdapTarget } from './target.ts'

async function groupsOf(target: LdapTarget, username: string): Promise<readonly string[]> {
  const found = await target.find(username)
  if (found.kind !== 'ok') throw new Error(found.kind)
  const outcome = await target.withGroups(found)
  if (outcome.kind !== 'ok') throw new Error(outcome.kind)
  return [...(outcome.attributes?.[groupAttribute] ?? [])].map((dn) => dn.split(',')[0] ?? '').sort()
}

describe('OpenLDAP', () => {
  const groups = 'ou=groups,dc=sallyport,dc=test'
  const groupOf = (cn: string, ...members: readonly string[]) =>
    `dn: cn=${cn},${groups}\nobjectClass: groupOfNames\ncn: ${cn}\n${members.map((dn) => `member: ${dn}`).join('\n')}`
  const deep = Array.from({ length: 30 }, (_, at) => groupOf(`deep${at + 1}`, `cn=deep${at},${groups}`))
  let server: RunningSlapd
  let target: LdapTarget

  beforeAll(async () => {
    server = await startSlapd({
      ldif: [
        groupOf('staff', `cn=vpn,${groups}`),
        groupOf('all (of us)', `cn=staff,${groups}`),
        // In a circle, as nobody forbids.
        groupOf('ring-a', `cn=ring-b,${groups}`, 'uid=bob,ou=people,dc=sallyport,dc=test'),
        groupOf('ring-b', `cn=ring-a,${groups}`),
        groupOf('elsewhere', 'uid=nobody,dc=sallyport,dc=test'),
        `dn: cn=unique,${groups}\nobjectClass: groupOfUniqueNames\ncn: unique\nuniqueMember: uid=bob,ou=people,dc=sallyport,dc=test`,
        groupOf('deep0', 'uid=carol,ou=people,dc=sallyport,dc=test'),
        ...deep,
      ].join('\n\n'),
    })
    target = createLdapTarget(configurationFor([server], { userAttributes: groupAttributes }))
  })
  afterAll(async () => {
    await target.close()
    await server.remove()
  })

  test('finds the groups of groups, also where their names would mean something in a filter', async () => {
    // Those of alice are written at her, as the overlay does it; those of groups are only written at the groups.
    expect(await groupsOf(target, 'alice')).toEqual(['cn=all (of us)', 'cn=staff', 'cn=vpn'])
  })

  test('ends in a circle, and reads groups of unique names', async () => {
    expect(await groupsOf(target, 'bob')).toEqual(['cn=ring-a', 'cn=ring-b', 'cn=unique'])
  })

  test('goes ten levels up and no further', async () => {
    const names = await groupsOf(target, 'carol')
    expect(names).toContain('cn=deep9')
    expect(names).not.toContain('cn=deep10')
  })

  test('that does not answer stands against the sign-in, and is no user without groups', async () => {
    const found = await target.find('alice')
    if (found.kind !== 'ok') throw new Error(found.kind)
    await server.stop()
    expect((await target.withGroups(found)).kind).toBe('server-down')
    await server.restart()
  })
})

describe('a domain controller', () => {
  const password = 'Service words 1'
  let domain: RunningSambaAd
  let target: LdapTarget

  beforeAll(async () => {
    domain = await startSambaAd(
      ['svc', 'jane', 'john', 'loner'].map((name) => ({ name, password })),
      [
        { name: 'Inner', members: ['jane'] },
        { name: 'Middle (a)', members: ['Inner'] },
        { name: 'Outer', members: ['Middle (a)'] },
        { name: 'Primary', members: ['john'], primaryOf: ['john'] },
        { name: 'Above', members: ['Primary'] },
      ],
    )
    const { address, caPem, netbiosName } = domain
    target = createLdapTarget({
      servers: [{ url: `ldaps://${address}` }],
      tls: 'ldaps',
      verifyCertificate: true,
      caPem,
      baseDn: 'CN=Users,DC=sallyport,DC=test',
      userLookup: { kind: 'search', filter: '(sAMAccountName={username})' },
      queryBind: { kind: 'simple', dn: `${netbiosName}\\svc`, password },
      userAttributes: groupAttributes,
      connectTimeoutMs: 5_000,
      operationTimeoutMs: 5_000,
      sizeLimit: 0,
    })
  }, 120_000)
  afterAll(async () => {
    await target.close()
    await domain.remove()
  })

  test('follows groups of groups, in whichever part of the domain, and names the primary group', async () => {
    // `Users` lies in CN=Builtin, outside the base DN, and has Domain Users for a member.
    expect(await groupsOf(target, 'jane')).toEqual([
      'CN=Domain Users',
      'CN=Inner',
      'CN=Middle (a)',
      'CN=Outer',
      'CN=Users',
    ])
  })

  test('names the groups that hold another primary group, and nobody else’s', async () => {
    expect(await groupsOf(target, 'john')).toEqual(expect.arrayContaining(['CN=Above', 'CN=Primary']))
    expect(await groupsOf(target, 'loner')).toEqual(['CN=Domain Users', 'CN=Users'])
  })
})
