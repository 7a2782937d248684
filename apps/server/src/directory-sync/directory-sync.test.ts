import { randomUUID } from 'node:crypto'

import { startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { editDirectory, personEntry, unitEntry } from './test/edit-directory.ts'
import { itemFor, startSynchronizing, type Synchronizing } from './test/synchronizing.ts'

const base = 'dc=sallyport,dc=test'
const dnOf = (uid: string, ou = 'people') => `uid=${uid},ou=${ou},${base}`
const people = itemFor('container', `ou=people,${base}`, randomUUID())
const actor = { id: null, name: 'test', address: null }

let slapd: RunningSlapd
let sync: Synchronizing
beforeEach(async () => {
  slapd = await startSlapd({
    ppolicy: true,
    ldif: [
      unitEntry('gone'),
      personEntry({ uid: 'dora', attributes: { mobile: '+49 30 901820', telephoneNumber: '12' } }),
    ].join('\n\n'),
  })
  const { url, baseDn, bindDn, bindPassword } = slapd
  sync = await startSynchronizing(
    {
      ...{ servers: [{ url }], tls: 'none', baseDn, caPem: null },
      queryBind: { kind: 'simple', dn: bindDn, password: bindPassword },
    },
    { items: [people] },
  )
})
afterEach(async () => {
  await sync.close()
  await slapd.remove()
})

const add = (username: string) =>
  sync.console.store.users.create(
    { ...{ username, firstName: '', lastName: '', email: '', description: '', enabled: true } },
    actor,
  )
const rename = (from: string, to: string) => `dn: ${from}\nchangetype: modrdn\nnewrdn: uid=${to}\ndeleteoldrdn: 1`
const remove = (dn: string) => `dn: ${dn}\nchangetype: delete`
const replace = (dn: string, attribute: string, value: string) =>
  `dn: ${dn}\nchangetype: modify\nreplace: ${attribute}\n${attribute}: ${value}`

describe('a first run', () => {
  test('adds everybody of the container, with what the mapping makes of them, and tells the engine', async () => {
    const run = await sync.run()
    expect(run).toMatchObject({
      state: 'done',
      kind: 'full',
      found: 4,
      added: 4,
      applied: 4,
      skipped: 0,
      server: slapd.url,
    })
    expect(await sync.user('dora')).toMatchObject({
      ...{ firstName: 'dora', lastName: 'Example', email: 'dora@sallyport.test', phone: '+4930901820', enabled: true },
      directory: { dn: dnOf('dora'), disabled: false },
    })
    const told = sync.console.notices.flatMap((notice) => (notice.topic === 'users' ? notice.ids : []))
    expect(new Set(told).size).toBe(4)
    const trail = await sync.console.call('GET', '/api/reports/changes', { cookie: sync.cookie })
    expect(trail.text).toContain('Directory synchronization')
  })

  test('that is dry says what would be done, and does nothing', async () => {
    const run = await sync.run({ dryRun: true })
    expect(run).toMatchObject({ state: 'done', dryRun: true, added: 4, applied: 0 })
    expect((await sync.rows(run)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
      Array(4).fill('add planned'),
    )
    expect(await sync.usernames()).toEqual([])
  })

  test('gives whoever comes by an item its methods and language, and the first item decides', async () => {
    const one = itemFor('group', `cn=vpn,ou=groups,${base}`, randomUUID(), { factorMethods: ['oath'], language: 'de' })
    await sync.configure({ items: [one, { ...people, factorMethods: ['push'] }] })
    await sync.run()
    expect(await sync.user('alice')).toMatchObject({ factorMethods: ['oath'] })
    expect(await sync.user('bob')).toMatchObject({ factorMethods: ['push'] })
  })

  test('has no password in what it says of itself', async () => {
    const run = await sync.run()
    const csv = await sync.console.call('GET', `/api/directory/sync/runs/${run.id}/rows.csv`, { cookie: sync.cookie })
    expect(csv.text).toContain('dora')
    expect(csv.text).not.toContain(slapd.bindPassword)
  })
})

describe('a further run', () => {
  beforeEach(async () => {
    await sync.run()
  })

  test('reads again only who has changed, and changes nothing else', async () => {
    const quiet = await sync.run()
    expect(quiet).toMatchObject({ state: 'done', kind: 'incremental', found: 4, changed: 0, added: 0, applied: 0 })
    await editDirectory(slapd, replace(dnOf('bob'), 'givenName', 'Robert'), personEntry({ uid: 'erin' }))
    const run = await sync.run()
    expect(run).toMatchObject({ state: 'done', kind: 'incremental', changed: 1, added: 1, applied: 2 })
    expect(await sync.rows(run)).toMatchObject([{ changes: { firstName: ['', 'Robert'] } }, { username: 'erin' }])
    expect(await sync.user('bob')).toMatchObject({ firstName: 'Robert' })
  })

  test('follows whoever is renamed and moved: they stay who they are', async () => {
    const before = await sync.user('carol')
    await editDirectory(slapd, `${rename(dnOf('carol'), 'caroline')}\nnewsuperior: ou=gone,${base}`)
    await sync.configure({ items: [people, itemFor('container', `ou=gone,${base}`, randomUUID())] })
    await sync.run()
    expect(await sync.user('caroline')).toMatchObject({ id: before?.id, directory: { dn: dnOf('caroline', 'gone') } })
    expect(await sync.user('carol')).toBeUndefined()
  })

  test('lets two people swap their names', async () => {
    const [alice, bob] = [await sync.user('alice'), await sync.user('bob')]
    await editDirectory(slapd, rename(dnOf('alice'), 'x'), rename(dnOf('bob'), 'alice'), rename(dnOf('x'), 'bob'))
    expect(await sync.run()).toMatchObject({ changed: 2, applied: 2, skipped: 0 })
    expect((await sync.user('bob'))?.id).toBe(alice?.id)
    expect((await sync.user('alice'))?.id).toBe(bob?.id)
  })

  test('disables whom the directory has no more, and lets them in again when they are back', async () => {
    await editDirectory(slapd, remove(dnOf('bob')))
    expect(await sync.run()).toMatchObject({ state: 'done', disabled: 1 })
    expect(await sync.user('bob')).toMatchObject({ enabled: false, directory: { disabled: true } })
    expect(await sync.run()).toMatchObject({ disabled: 0 })
  })

  test('disables whom the directory has disabled, enables them again, and leaves alone who was disabled here', async () => {
    const carol = await sync.user('carol')
    const off = { kind: 'change', changes: { enabled: false } } as const
    const begun = await sync.console.store.userBatches.begin({ ids: [carol?.id ?? ''] }, off, actor)
    if (begun.ok) await begun.carryOut(() => Promise.resolve())
    await editDirectory(slapd, replace(dnOf('alice'), 'pwdAccountLockedTime', '000001010000Z'))
    expect(await sync.run({ full: true })).toMatchObject({ kind: 'full', disabled: 1, enabled: 0 })
    expect(await sync.user('alice')).toMatchObject({ enabled: false, directory: { disabled: true } })
    await editDirectory(slapd, `dn: ${dnOf('alice')}\nchangetype: modify\ndelete: pwdAccountLockedTime`)
    expect(await sync.run()).toMatchObject({ disabled: 0, enabled: 1 })
    expect(await sync.user('alice')).toMatchObject({ enabled: true, directory: { disabled: false } })
    expect(await sync.user('carol')).toMatchObject({ enabled: false, directory: { disabled: false } })
  })

  test('leaves the fields that are the directory’s to the directory, and the others to whoever edits them', async () => {
    const { id = '', version } = (await sync.user('dora')) ?? {}
    const change = (fields: object) => {
      const user = { username: 'dora', firstName: 'dora', lastName: 'Example', email: 'dora@sallyport.test' }
      const body = { ...user, description: '', enabled: true, version, ...fields }
      return sync.console.call('PUT', `/api/users/${id}`, { cookie: sync.cookie, body })
    }
    expect((await change({ lastName: 'Other' })).body).toMatchObject({ errors: [{ path: 'lastName' }] })
    await sync.configure({ mapping: { ...(await sync.console.store.directorySync.settings()).mapping, lastName: [] } })
    expect((await change({ lastName: 'Other' })).status).toBe(200)
    await sync.run()
    expect(await sync.user('dora')).toMatchObject({ lastName: 'Other' })
  })

  test('removes them, where the settings say so, and gives their name to whoever has it now', async () => {
    const before = await sync.user('bob')
    await sync.configure({ whenGone: 'remove' })
    await editDirectory(slapd, remove(dnOf('bob')), personEntry({ uid: 'BOB', attributes: { givenName: 'Another' } }))
    expect(await sync.run()).toMatchObject({ removed: 1, added: 1, applied: 2 })
    const after = await sync.user('BOB')
    expect(after).toMatchObject({ firstName: 'Another' })
    expect(after?.id).not.toBe(before?.id)
  })

  test('does not give the name of somebody who is gone to another while they are kept', async () => {
    await editDirectory(slapd, remove(dnOf('bob')), personEntry({ uid: 'Bob' }))
    const run = await sync.run()
    expect(await sync.rows(run)).toMatchObject([{ action: 'refuse', reason: 'name-of-removed' }, { action: 'disable' }])
  })
})

describe('approval', () => {
  beforeEach(async () => {
    await sync.configure({ approveAbove: 1 })
    await sync.run()
    await editDirectory(slapd, remove(dnOf('alice')), remove(dnOf('bob')), replace(dnOf('carol'), 'sn', 'New'))
  })

  test('is waited for where more would be disabled or removed, and nothing happens before', async () => {
    const run = await sync.run()
    expect(run).toMatchObject({ state: 'waiting', disabled: 2, changed: 1, applied: 0, isRunning: false })
    expect(await sync.user('alice')).toMatchObject({ enabled: true })
    expect(await sync.user('carol')).toMatchObject({ lastName: 'Example' })
    const done = await sync.approve(run)
    expect(done).toMatchObject({ state: 'done', applied: 3 })
    expect(done.decidedBy).not.toBeNull()
    expect(await sync.user('alice')).toMatchObject({ enabled: false })
  })

  test('can be refused, and then nothing was changed', async () => {
    const run = await sync.run()
    await sync.console.call('POST', `/api/directory/sync/runs/${run.id}/cancel`, { cookie: sync.cookie })
    expect(await sync.read(run.id)).toMatchObject({ state: 'cancelled', applied: 0 })
    expect(await sync.user('alice')).toMatchObject({ enabled: true })
  })

  test('holds up any other run', async () => {
    await sync.run()
    await expect(sync.run()).rejects.toThrow('in-use')
  })
})

describe('names', () => {
  test('of users who were here before are asked about; with a yes they keep what they have', async () => {
    await add('Alice')
    const before = await sync.user('Alice')
    const run = await sync.run()
    expect(run).toMatchObject({ state: 'waiting', adopted: 1, added: 3 })
    expect(await sync.approve(run, true)).toMatchObject({ state: 'done', applied: 4 })
    expect(await sync.user('alice')).toMatchObject({ id: before?.id, directory: { dn: dnOf('alice') } })
  })

  test('of users who were here before stay theirs without a yes', async () => {
    await add('Alice')
    expect(await sync.approve(await sync.run())).toMatchObject({ applied: 3, skipped: 1 })
    expect(await sync.user('Alice')).toMatchObject({ directory: null })
  })

  test('of users who were here before are left alone where the settings say so', async () => {
    await add('ALICE')
    await sync.configure({ collisions: 'leave' })
    const run = await sync.run()
    expect(run).toMatchObject({ state: 'done', added: 3, refused: 1 })
    expect(await sync.rows(run)).toContainEqual(expect.objectContaining({ action: 'refuse', reason: 'name-taken' }))
  })

  test('that two entries have go to the first item’s, and the other is named', async () => {
    await editDirectory(
      slapd,
      personEntry({ uid: 'Álice', ou: 'gone' })
        .replace('uid: Álice', 'uid:: w4FsaWNl')
        .replace('cn: Álice', 'cn: x')
        .replace('givenName: Álice', 'givenName: x')
        .replace('mail: Álice@', 'mail: x@')
        .replace('dn: uid=Álice', 'dn: uid=\\C3\\81lice'),
    )
    await sync.configure({ items: [people, itemFor('container', `ou=gone,${base}`, randomUUID())] })
    const run = await sync.run()
    expect(run).toMatchObject({ added: 4, refused: 1 })
    expect(await sync.rows(run)).toContainEqual(
      expect.objectContaining({ action: 'refuse', reason: 'same-name', username: 'Álice' }),
    )
  })
})

describe('a directory that fails', () => {
  test('changes nothing: not there, another container, or only a part of the people', async () => {
    await sync.run()
    await sync.configure({
      whenGone: 'remove',
      items: [people, itemFor('container', `ou=nobody,${base}`, randomUUID())],
    })
    const missing = await sync.run()
    expect(missing).toMatchObject({ state: 'failed', applied: 0 })
    expect(missing.problem).toContain('does not exist')
    await slapd.stop()
    const down = await sync.run()
    expect(down.state).toBe('failed')
    expect(down.problem).toContain('Nothing listens')
    expect((await sync.usernames()).length).toBe(4)
  })
})
