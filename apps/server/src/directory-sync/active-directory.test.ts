import { randomUUID } from 'node:crypto'

import { syncDefaults } from '@sallyport/contract'
import { startSambaAd, type RunningSambaAd } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { findPeople, importPeople } from './test/importing-people.ts'
import { itemFor, startSynchronizing, type Synchronizing } from './test/synchronizing.ts'

const base = 'DC=sallyport,DC=test'
const password = 'Passw0rd.of.a.person'

let samba: RunningSambaAd
let sync: Synchronizing
beforeAll(async () => {
  const names = ['alice', 'bob', 'carol', 'dora', 'reader']
  const users = names.map((name) => ({ name, password, ...(name === 'dora' && { state: 'disabled' as const }) }))
  const groups = [
    { name: 'inner', members: ['carol'] },
    { name: 'vpn', members: ['alice', 'inner'], primaryOf: [] },
    { name: 'primary', members: ['bob'], primaryOf: ['bob'] },
  ]
  samba = await startSambaAd(users, groups)
  sync = await startSynchronizing(
    {
      ...{ servers: [{ url: `ldaps://${samba.address}` }], tls: 'ldaps', caPem: samba.caPem, baseDn: base },
      userLookup: { kind: 'search', filter: '(sAMAccountName={username})' },
      queryBind: { kind: 'simple', dn: `reader@${samba.domain}`, password },
    },
    { ...syncDefaults['active-directory'], items: [] },
  )
}, 180_000)
afterAll(async () => {
  await sync.close()
  await samba.remove()
})

test('people are found by their names below a container and in a group, and imported', async () => {
  expect((await findPeople(sync, { search: 'ali' })).people).toMatchObject([{ username: 'alice', user: null }])
  const vpn = { within: `CN=vpn,CN=Users,${base}`, withinKind: 'group' }
  const { people } = await findPeople(sync, vpn)
  expect(people.map(({ username }) => username).sort()).toEqual(['alice', 'carol'])
  const found = await importPeople(sync, {
    whom: { kind: 'all', search: 'reader', within: '', withinKind: 'container' },
  })
  expect(found).toMatchObject({ state: 'done', taken: 1, refused: 0 })
  expect((await findPeople(sync, { search: 'reader' })).people).toMatchObject([{ user: { username: 'reader' } }])
})

test('people come by their groups: those in groups of a group, and those whose primary group it is', async () => {
  const groups = ['vpn', 'primary'].map((name) => itemFor('group', `CN=${name},CN=Users,${base}`, randomUUID()))
  await sync.configure({ items: groups })
  expect(await sync.run()).toMatchObject({ state: 'done', kind: 'full', added: 3, refused: 0 })
  // Who was imported by search is nobody’s who is gone.
  expect(await sync.usernames()).toEqual(['alice', 'bob', 'carol', 'reader'])
  expect(await sync.user('reader')).toMatchObject({ enabled: true, directory: null })
})

test('people come by their container; whoever is disabled there is disabled here', async () => {
  await sync.configure({ items: [itemFor('container', `CN=Users,${base}`, randomUUID())] })
  expect(await sync.run()).toMatchObject({ state: 'done', kind: 'full', removed: 0 })
  expect(await sync.usernames()).toEqual(expect.arrayContaining(['alice', 'dora', 'reader']))
  expect(await sync.user('alice')).toMatchObject({ enabled: true })
  expect(await sync.user('reader')).toMatchObject({ enabled: true, directory: { disabled: false } })
  expect(await sync.user('dora')).toMatchObject({ enabled: false, directory: { disabled: true } })
})

test('the numbers of changes tell who need not be read again', async () => {
  expect(await sync.run()).toMatchObject({ state: 'done', kind: 'incremental', changed: 0, added: 0, disabled: 0 })
})
