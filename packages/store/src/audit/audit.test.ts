import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { actor, clientFields, dataFolder, made, secret, testStore, userFields } from '../../test/data-folder.ts'
import { openStore } from '../index.ts'
import { dataPaths } from '../paths.ts'
import { secretChanged } from './differences.ts'

async function trail(entries: number) {
  const dataDir = dataFolder()
  const store = await testStore(dataDir)
  for (let number = 1; number <= entries; number++) {
    made(await store.users.create(userFields(`user${number}`), actor))
  }
  const file = new Database(dataPaths(dataDir).database)
  onTestFinished(() => void file.close())
  return { store, file, dataDir }
}

describe('an audit entry', () => {
  it('tells who changed what, from where, and only the fields that differ', async () => {
    const { store } = await trail(1)
    const { id } = (await store.users.list({ limit: 1, sort: 'username', direction: 'ascending' })).rows[0] ?? {
      id: '',
    }
    const changed = { ...userFields('user1', { firstName: 'Ada' }), version: 1 }
    made(await store.users.change(id, changed, { id: null, name: 'grace', address: '198.51.100.4' }))
    expect((await store.audit.list({ limit: 10 })).rows[0]).toEqual({
      sequence: 2,
      at: expect.any(String) as string,
      administrator: 'grace',
      action: 'changed',
      subjectKind: 'user',
      subjectId: id,
      subjectName: 'user1',
      before: { firstName: '' },
      after: { firstName: 'Ada' },
      address: '198.51.100.4',
    })
  })

  it('tells of a test sign-in who was tried and how', async () => {
    const { store } = await trail(0)
    const client = { id: 'c-1', name: 'VPN' }
    await store.audit.noteTestSignIn({ username: 'alice', client, method: 'pap', dryRun: true }, actor)
    expect((await store.audit.list({ limit: 10 })).rows).toMatchObject([
      {
        administrator: actor.name,
        action: 'tested',
        subjectKind: 'sign-in',
        subjectName: 'alice',
        after: { client: 'VPN', clientId: 'c-1', method: 'pap', dryRun: true },
        address: actor.address,
      },
    ])
    expect(await store.audit.firstBroken()).toBeNull()
  })

  it('says of a secret that it changed, and never more', async () => {
    const { store } = await trail(0)
    const client = made(await store.radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
    const again = { ...clientFields(), sharedSecret: `${secret} two`, version: 1 }
    made(await store.radiusClients.change(client.id, again, actor))
    const { configured: _configured, ...ldap } = await store.settings.ldap()
    expect(_configured).toBe(false)
    const bind = (password: string, version: number) =>
      store.settings.changeLdap({ ...ldap, queryBind: { kind: 'simple', dn: 'cn=x', password }, version }, actor)
    made(await bind('first password', 1))
    made(await bind('first password', 2))
    made(await bind('other password', 3))
    const { rows } = await store.audit.list({ limit: 10 })
    expect(rows.map(({ after }) => after?.['bindPassword'])).toEqual([
      secretChanged,
      undefined,
      secretChanged,
      undefined,
      undefined,
    ])
    expect(rows[3]).toMatchObject({ before: null, after: { sharedSecret: secretChanged } })
    expect(rows[4]?.after).toMatchObject({ address: '192.0.2.10', sharedSecret: secretChanged })
    expect(JSON.stringify(rows)).not.toMatch(/first password|other password|a shared secret/)
  })

  it('is there if and only if the change is', async () => {
    const { store } = await trail(2)
    await store.users.create(userFields('USER1'), actor)
    expect((await store.audit.list({ limit: 10 })).total).toBe(2)
  })

  it('is found by any word in it, newest first, page by page', async () => {
    const { store } = await trail(25)
    const names: (string | null)[] = []
    let cursor: string | undefined
    do {
      const page = await store.audit.list({ limit: 4, search: 'USER1', cursor })
      expect(page.total).toBe(11)
      names.push(...page.rows.map(({ subjectName }) => subjectName))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(names).toEqual([...Array.from({ length: 10 }, (_, index) => `user${19 - index}`), 'user1'])
  })
})

describe('the chain of the audit trail', () => {
  it('holds while nobody touches it, over several pieces and restarts', async () => {
    const { store, dataDir } = await trail(5)
    expect(await store.audit.firstBroken()).toBeNull()
    await store.close()
    const again = await testStore(dataDir)
    made(await again.users.create(userFields('one more'), actor))
    expect(await again.audit.firstBroken()).toBeNull()
  })

  it.each([
    ['an edited entry', "UPDATE AuditEntry SET administrator = 'nobody' WHERE sequence = 4", 4],
    ['an edited time', 'UPDATE AuditEntry SET at = at + 1 WHERE sequence = 2', 2],
    ['an edited value', `UPDATE AuditEntry SET after = '{}' WHERE sequence = 1`, 1],
    ['a removed entry', 'DELETE FROM AuditEntry WHERE sequence = 3', 4],
    ['the first entry removed', 'DELETE FROM AuditEntry WHERE sequence = 1', 2],
    ['the last entry removed', 'DELETE FROM AuditEntry WHERE sequence = 6', 6],
    [
      'an inserted entry',
      `INSERT INTO AuditEntry SELECT 7, at, administrator, action, subjectKind, subjectId, subjectName, before, after,
        address, hash, 'abc' FROM AuditEntry WHERE sequence = 6`,
      7,
    ],
    [
      'two entries that changed places',
      'UPDATE AuditEntry SET sequence = CASE sequence WHEN 2 THEN -3 ELSE -2 END WHERE sequence IN (2, 3); UPDATE AuditEntry SET sequence = -sequence WHERE sequence < 0',
      2,
    ],
  ])('shows %s', async (_, sql, sequence) => {
    const { store, file } = await trail(6)
    file.exec(sql)
    expect(await store.audit.firstBroken()).toBe(sequence)
  })

  it('shows what was cut off at the end also after others were added', async () => {
    const { store, file } = await trail(6)
    file.exec('DELETE FROM AuditEntry WHERE sequence >= 5')
    made(await store.users.create(userFields('later'), actor))
    expect(await store.audit.firstBroken()).toBe(7)
  })

  it('takes changes from several places at once in one order', async () => {
    const { store, dataDir } = await trail(0)
    const second = await openStore({ dataDir })
    await Promise.all(
      Array.from({ length: 40 }, (_, number) =>
        (number % 2 === 0 ? store : second).users.create(userFields(`user${number}`), actor),
      ),
    )
    await second.close()
    expect(await store.audit.firstBroken()).toBeNull()
    expect((await store.audit.list({ limit: 1 })).total).toBe(40)
  })
})
