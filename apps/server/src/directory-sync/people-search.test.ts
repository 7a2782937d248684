import { randomUUID } from 'node:crypto'

import { startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { editDirectory, personEntry, unitEntry } from './test/edit-directory.ts'
import { countPeople, findPeople, importPeople, importRows, lookAtPeople } from './test/importing-people.ts'
import { itemFor, startSynchronizing, type Synchronizing } from './test/synchronizing.ts'

const base = 'dc=sallyport,dc=test'
const dnOf = (uid: string) => `uid=${uid},ou=search,${base}`
const inSearch = { within: `ou=search,${base}` }
const actor = { id: null, name: 'test', address: null }
const names = Array.from({ length: 120 }, (_, at) => `person${String(at).padStart(3, '0')}`)

let slapd: RunningSlapd
let sync: Synchronizing
beforeAll(async () => {
  const person = (uid: string, attributes = {}) => personEntry({ uid, ou: 'search', attributes })
  slapd = await startSlapd({
    ldif: [
      unitEntry('search'),
      unitEntry('elsewhere'),
      ...names.map((uid) => person(uid)),
      person('anna', { cn: 'Anna Maria Roth', givenName: 'Anna Maria', sn: 'Roth', mobile: '030 901820' }),
      person('otto'),
      person('hand'),
      `dn: cn=team,${base}\nobjectClass: groupOfNames\ncn: team\nmember: ${dnOf('anna')}\nmember: ${dnOf('otto')}`,
    ].join('\n\n'),
  })
  const { url, baseDn, bindDn, bindPassword } = slapd
  sync = await startSynchronizing(
    {
      ...{ servers: [{ url }], tls: 'none', baseDn, caPem: null },
      queryBind: { kind: 'simple', dn: bindDn, password: bindPassword },
    },
    { items: [] },
  )
}, 60_000)
afterAll(async () => {
  await sync.close()
  await slapd.remove()
})
const picked = (...uids: readonly string[]) => ({ whom: { kind: 'picked' as const, dns: uids.map(dnOf) } })
const found = async (query: Readonly<Record<string, string>>) =>
  (await findPeople(sync, query)).people.map(({ username }) => username)

describe('looking for people', () => {
  test('each word is somewhere in a name or the mail address', async () => {
    expect(await found({ ...inSearch, search: 'mari roth' })).toEqual(['anna'])
    expect(await found({ ...inSearch, search: 'otto@sallyport' })).toEqual(['otto'])
    expect(await found({ ...inSearch, search: 'mari otto' })).toEqual([])
  })

  test.each(['*', '*)(uid=*', 'a)(|(uid=*', '\\2a', '{username}', 'zz\0'])(
    '%j is a value and nothing else',
    async (search) => {
      expect(await found({ ...inSearch, search })).toEqual([])
    },
  )

  test('a group is looked for in, too', async () => {
    expect(await found({ search: 'anna', within: `cn=team,${base}`, withinKind: 'group' })).toEqual(['anna'])
    expect((await found({ within: `cn=team,${base}`, withinKind: 'group' })).sort()).toEqual(['anna', 'otto'])
  })

  test('they come page by page, each once, and are counted', async () => {
    const query = { ...inSearch, search: 'person' }
    const all: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await findPeople(sync, cursor === '' ? query : { ...query, cursor })
      expect(page.people.length).toBeLessThanOrEqual(50)
      all.push(...page.people.map(({ username }) => username))
      cursor = page.nextCursor
    }
    expect(all.sort()).toEqual(names)
    expect(await countPeople(sync, query)).toEqual({ count: 120, isAll: true })
  })

  test('a page of another search is not to be had', async () => {
    const { nextCursor } = await findPeople(sync, { ...inSearch, search: 'person' })
    await expect(findPeople(sync, { ...inSearch, search: 'a', cursor: nextCursor ?? '' })).rejects.toThrow(
      'search again',
    )
  })
})

describe('importing people', () => {
  test('says row by row what would become of them, and changes nothing before somebody says yes', async () => {
    const user = { username: 'Hand', firstName: 'By', lastName: 'Hand', email: '', description: '', enabled: true }
    await sync.console.store.users.create(user, actor)
    const plan = await lookAtPeople(sync, picked('anna', 'hand', 'nobody'))
    expect(plan).toMatchObject({ state: 'ready', source: 'directory', good: 1, there: 1, refused: 1, linking: 0 })
    const outcomes = (await importRows(sync, plan)).map(({ username, outcome }) => [username, outcome])
    expect(outcomes).toEqual([
      ['anna', 'good'],
      ['hand', 'there'],
      [dnOf('nobody'), 'refused'],
    ])
    expect(await sync.usernames()).toEqual(['Hand'])
  })

  test('adds them with what the directory says and how they are to be asked', async () => {
    const done = await importPeople(sync, {
      ...picked('anna'),
      countryCode: '+49',
      factorMethods: ['call'],
      language: 'de',
    })
    expect(done).toMatchObject({ state: 'done', taken: 1 })
    const anna = await sync.user('anna')
    expect(anna).toMatchObject({
      ...{ firstName: 'Anna Maria', lastName: 'Roth', phone: '+4930901820', factorMethods: ['call'], directory: null },
    })
    expect(await lookAtPeople(sync, picked('anna'))).toMatchObject({ good: 0, there: 1 })
    expect((await findPeople(sync, { ...inSearch, search: 'roth' })).people).toMatchObject([{ user: { id: anna?.id } }])
  })

  test('links who is here by the same name where that was asked for, with an entry in the audit trail', async () => {
    const before = await sync.user('Hand')
    const linked = await importPeople(sync, { ...picked('hand'), link: true })
    expect(linked).toMatchObject({ state: 'done', taken: 0, linked: 1, linking: 0 })
    expect(await sync.user('hand')).toMatchObject({ id: before?.id, email: 'hand@sallyport.test' })
    const changes = await sync.console.store.audit.list({ limit: 20 })
    expect(changes.rows.filter(({ subjectName }) => subjectName === 'Hand')).toMatchObject([
      { action: 'changed', administrator: expect.stringContaining('administrator') as unknown },
      { action: 'created' },
    ])
  })

  test('takes all that are found, with all of them looked at', async () => {
    const all = { kind: 'all' as const, search: 'person', ...inSearch, withinKind: 'container' as const }
    expect(await importPeople(sync, { whom: all })).toMatchObject({ taken: 120, octets: 120, checkedOctets: 120 })
  })

  test('a synchronization that does not have them takes none of them for gone', async () => {
    await sync.configure({ whenGone: 'remove', items: [itemFor('container', `ou=elsewhere,${base}`, randomUUID())] })
    expect(await sync.run()).toMatchObject({ state: 'done', removed: 0, disabled: 0 })
    expect(await sync.usernames()).toHaveLength(122)
  })

  test('one that has them makes them the directory’s, by what it calls them for good', async () => {
    const anna = await sync.user('anna')
    await editDirectory(slapd, `dn: ${dnOf('anna')}\nchangetype: modrdn\nnewrdn: uid=annemarie\ndeleteoldrdn: 1`)
    await sync.configure({ items: [itemFor('container', `ou=search,${base}`, randomUUID())] })
    expect(await sync.run()).toMatchObject({ state: 'done', added: 1, adopted: 0, removed: 0 })
    expect(await sync.user('annemarie')).toMatchObject({ id: anna?.id, directory: { disabled: false } })
    expect(await sync.user('otto')).toMatchObject({ directory: { disabled: false } })
    await sync.configure({ items: [itemFor('container', `ou=elsewhere,${base}`, randomUUID())], approveAbove: null })
    expect(await sync.run()).toMatchObject({ state: 'done', removed: 123 })
  })
})
