import { describe, expect, it } from 'vitest'
import { ldapView, radiusSettingsInput, targetView } from '@sallyport/contract'
import { actor, made, testStore } from '../../test/data-folder.ts'
import type { LdapSettings } from '../types.ts'

const ldap: Omit<LdapSettings, 'configured'> = {
  servers: [{ url: 'ldaps://one.example.com' }, { url: 'ldaps://two.example.com' }],
  tls: 'ldaps',
  caPem: null,
  baseDn: 'dc=example,dc=com',
  userLookup: { kind: 'template', dn: 'uid={username},dc=example,dc=com' },
  connectTimeoutMs: 1000,
  operationTimeoutMs: 2000,
  sizeLimit: 10,
  queryBind: { kind: 'simple', dn: 'cn=reader', password: 'bind me' },
  version: 1,
}

const radiusValues = {
  enabled: true,
  authenticationPorts: [1812],
  accountingPorts: [1813, 1646],
  accountingSilenceHours: 24,
}

describe('settings', () => {
  it('have defaults until somebody saves them, which the API can show', async () => {
    const { settings } = await testStore()
    expect(await settings.radius()).toEqual({
      ...radiusValues,
      enabled: false,
      authenticationPorts: [1812, 1645],
      version: 1,
    })
    expect(await settings.target()).toEqual({ kind: 'none', version: 1 })
    expect(await settings.ldap()).toMatchObject({ configured: false, version: 1 })
    expect(radiusSettingsInput.safeParse(await settings.radius()).success).toBe(true)
    expect(targetView.safeParse(await settings.target()).success).toBe(true)
    expect(ldapView.safeParse(await settings.ldap()).success).toBe(true)
  })

  it('come back as they were saved, a version further', async () => {
    const { settings } = await testStore()
    const radius = { ...radiusValues, version: 1 }
    expect(made(await settings.changeRadius(radius, actor))).toEqual({ ...radius, version: 2 })
    expect(await settings.radius()).toEqual({ ...radius, version: 2 })
    expect(made(await settings.changeTarget({ kind: 'ldap', version: 1 }, actor))).toEqual({ kind: 'ldap', version: 2 })
    expect(await settings.target()).toEqual({ kind: 'ldap', version: 2 })
    expect(made(await settings.changeLdap(ldap, actor))).toEqual({ ...ldap, configured: true, version: 2 })
    expect(await settings.ldap()).toEqual({ ...ldap, configured: true, version: 2 })
  })

  it('forget the bind password when the bind becomes anonymous', async () => {
    const store = await testStore()
    made(await store.settings.changeLdap(ldap, actor))
    made(await store.settings.changeLdap({ ...ldap, queryBind: { kind: 'anonymous' }, version: 2 }, actor))
    expect((await store.settings.ldap()).queryBind).toEqual({ kind: 'anonymous' })
    expect((await store.audit.list({ limit: 1 })).rows[0]).toMatchObject({
      before: { queryBind: { kind: 'simple', dn: 'cn=reader' } },
      after: { queryBind: { kind: 'anonymous' }, bindPassword: null },
    })
  })

  it('are saved by one of two who started from the same', async () => {
    const { settings, audit } = await testStore()
    const answers = await Promise.all(
      [1, 2, 3].map((port) =>
        settings.changeRadius({ ...radiusValues, authenticationPorts: [port], version: 1 }, actor),
      ),
    )
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, false])
    const current = { ...radiusValues, authenticationPorts: [1], version: 2 }
    expect(answers[1]).toEqual({ ok: false, problem: 'changed-meanwhile', current })
    expect((await audit.list({ limit: 1 })).total).toBe(1)
  })
})
