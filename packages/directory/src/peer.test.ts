/** Tests that OpenLDAP's answers are read as an independent client reads them. */
import { startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'
import { Client, type Entry as PeerEntry } from 'ldapts'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { connectTo, searchFor } from '../test/connecting.ts'
import { type LdapConnection } from './connection.ts'
import { type Entry } from './wire/decode.ts'

const people = 'ou=people,dc=sallyport,dc=test'
const long = 'x'.repeat(70_000)
let server: RunningSlapd
let ours: LdapConnection
let peer: Client

beforeAll(async () => {
  server = await startSlapd({
    ppolicy: true,
    ldif: `
dn:: ${Buffer.from(`cn=Lučić ✓,${people}`).toString('base64')}
objectClass: inetOrgPerson
cn:: ${Buffer.from('Lučić ✓').toString('base64')}
sn:: ${Buffer.from('Lučić').toString('base64')}
userPassword: lucicpw
description: ${'y'.repeat(127)}
description: ${'y'.repeat(128)}
description: ${long}

dn: uid=al,${people}
objectClass: alias
objectClass: extensibleObject
uid: al
aliasedObjectName: uid=alice,${people}

dn: ou=branch,dc=sallyport,dc=test
objectClass: referral
objectClass: extensibleObject
ou: branch
ref: ldap://branch.sallyport.test/ou=branch,dc=sallyport,dc=test
`,
  })
  ours = await connectTo(server.url)
  expect(await ours.bind(server.adminDn, server.adminPassword, 2_000)).toMatchObject({ resultCode: 0 })
  peer = new Client({ url: server.url })
  await peer.bind(server.adminDn, server.adminPassword)
})

afterAll(async () => {
  ours.destroy()
  await peer.unbind()
  await server.remove()
})

/** The entries by DN, each attribute as a list. */
function comparable(entries: readonly (Entry | PeerEntry)[]): Record<string, Record<string, unknown>> {
  const all = entries.map((entry) => {
    const attributes = Object.entries('attributes' in entry ? entry.attributes : { ...entry, dn: [] })
    const lists = attributes.map(([name, value]) => [name, [value].flat().map(String)] as const)
    return [entry.dn, Object.fromEntries(lists.filter(([, values]) => values.length > 0))] as const
  })
  return Object.fromEntries(all)
}

test.each([
  ['(objectClass=*)', ['*']],
  ['(objectClass=*)', ['*', '+']],
  ['(cn=lučić*)', ['cn', 'description']],
  ['(&(objectClass=inetOrgPerson)(!(uid=alice)))', ['1.1']],
  ['(|(uid=al)(sn>=Example))', ['uid', 'aliasedObjectName']],
  ['(ou:dn:=people)', ['uid']],
])('%s with the attributes %j finds the same', async (filter, attributes) => {
  const { searchEntries } = await peer.search(server.baseDn, { filter, attributes })
  const found = await ours.search(searchFor(server.baseDn, filter, { attributes }), '', 2_000)
  expect(found.length).toBeGreaterThan(0)
  expect(comparable(found)).toEqual(comparable(searchEntries))
})

test('a DN that is no ASCII is found and bound', async () => {
  const [found] = await ours.search(searchFor(server.baseDn, '(cn={username})'), 'LUČIĆ ✓', 2_000)
  expect(found?.dn).toBe(`cn=Lučić ✓,${people}`)
  expect(found?.attributes['description']?.map(({ length }) => length)).toEqual([127, 128, 70_000])
  const connection = await connectTo(server.url)
  expect(await connection.bind(found?.dn ?? '', 'lucicpw', 2_000)).toMatchObject({ resultCode: 0, policy: {} })
  expect(await connection.bind(found?.dn ?? '', 'wrong', 2_000)).toMatchObject({ resultCode: 49 })
  connection.destroy()
})

test('a value of 70,000 octets is compared, not cut', async () => {
  const search = searchFor(server.baseDn, '(description={username})', { attributes: ['1.1'] })
  expect(await ours.search(search, long, 2_000)).toHaveLength(1)
  expect(await ours.search(search, `${long}x`, 2_000)).toHaveLength(0)
})
