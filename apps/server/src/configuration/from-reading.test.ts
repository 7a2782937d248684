/** What becomes of what was found in another product's files: beside what is here, and never in its place. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@sallyport/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readDuo } from '../other-products/duo.ts'
import { readFreeRadius } from '../other-products/free-radius.ts'
import type { Reading } from '../other-products/reading.ts'
import { applyConfiguration } from './apply.ts'
import { fromReading } from './from-reading.ts'
import { readPresent } from './present.ts'

const secret = 'the secret of a branch'
const actor = { id: null, name: 'sallyport import', address: null }
let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-reading-'))
  store = await openStore({ dataDir: folder })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

async function bring(reading: Reading, keep: boolean) {
  const { rows, wanted } = fromReading(reading, await readPresent(store))
  const { problems } = await applyConfiguration(store, {
    ...{ wanted, sealed: new Map<string, string>(), actor, clock: () => new Date(), keep },
  })
  expect(JSON.stringify([rows, problems])).not.toContain(secret)
  return { states: rows.map(({ state }) => state), rows, problems }
}

const client = (name: string, address: string, shared: string) =>
  `client ${name} { ipaddr = ${address}\n secret = "${shared}" }\n`

test('clients are shown first; with a yes they are added, sealed and in the trail; a second time nothing is new', async () => {
  const text = client('branch', '192.0.2.77', secret) + client('weak', '192.0.2.78', 'short')
  const reading = readFreeRadius(text + client('again', '192.0.2.77/32', secret))
  const shown = await bring(reading, false)
  expect(shown).toMatchObject({ states: ['new', 'refused', 'there'], problems: [] })
  expect(shown.rows[1]?.message).toContain('at least 8 characters')
  expect(await store.radiusClients.list()).toEqual([])
  await bring(reading, true)
  const [added, ...others] = await store.radiusClients.list()
  expect(others).toEqual([])
  expect(added).toMatchObject({ applicationName: 'branch', requireUserMatch: true, messageAuthenticator: 'auto' })
  expect((await store.radiusClients.forTest(added?.id ?? ''))?.sharedSecret).toBe(secret)
  expect((await store.audit.list({ limit: 5 })).rows).toMatchObject([{ action: 'created', administrator: actor.name }])
  expect((await bring(reading, true)).states).toEqual(['there', 'refused', 'there'])
})

test('a directory comes in where none is, with its password; the one that is here stays', async () => {
  const text = (host: string) => `[ad_client]
host=${host}
service_account_username=cn=search,dc=example,dc=com
service_account_password=${secret}
search_dn=DC=example,DC=com
transport=ldaps
auth_type=plain
[radius_client]
host=10.0.0.8
secret=${secret}
`
  expect((await bring(readDuo(text('dc1.example.com')), true)).problems).toEqual([])
  const ldap = await store.settings.ldap()
  expect(ldap).toMatchObject({
    configured: true,
    servers: [{ url: 'ldaps://dc1.example.com' }],
    baseDn: 'DC=example,DC=com',
  })
  expect(ldap.queryBind).toEqual({ kind: 'simple', dn: 'cn=search,dc=example,dc=com', password: secret })
  const [server] = await store.radiusServers.list()
  expect(server).toMatchObject({ host: '10.0.0.8', hasSharedSecret: true, transport: 'udp' })
  expect((await bring(readDuo(text('dc2.example.com')), true)).states).toEqual(['there', 'there'])
  expect((await store.settings.ldap()).servers).toEqual([{ url: 'ldaps://dc1.example.com' }])
})
