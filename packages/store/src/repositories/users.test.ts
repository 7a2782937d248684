import { describe, expect, it } from 'vitest'
import type { UserListQuery } from '@sallyport/contract'
import { actor, dataFolder, made, testStore, tokenFields, userFields } from '../../test/data-folder.ts'
import { signInRecord } from '../../test/sign-in-record.ts'
import { openJournal, openMover } from '../engine.ts'
import type { Page, Store } from '../types.ts'

const byName = { limit: 50, sort: 'username', direction: 'ascending' } as const

/** All pages of a list, one after the other. */
async function everyPage<T>(read: (cursor?: string) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = []
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    rows.push(...page.rows)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return rows
}

const names = (store: Store, query: Partial<UserListQuery>) =>
  everyPage((cursor) => store.users.list({ ...byName, ...query, cursor })).then((rows) =>
    rows.map(({ username }) => username),
  )

/** Signs each of them in, a second apart, in this order. */
function signIn(dataDir: string, userIds: readonly string[]): void {
  const journal = openJournal({ dataDir })
  userIds.forEach((userId, number) =>
    journal.append([{ kind: 'sign-in', signIn: signInRecord({ userId, roundAtMs: 1_000_000 + number * 1000 }) }]),
  )
  journal.close()
  const mover = openMover({ dataDir })
  mover.move(1000)
  mover.close()
}

describe('users', () => {
  it('are the same person whatever the case, the width or the accents of a name', async () => {
    const store = await testStore()
    made(await store.users.create(userFields('Alice'), actor))
    for (const name of ['alice', 'ALICE', 'ａｌｉｃｅ', 'al\u00adice ']) {
      expect(await store.users.create(userFields(name), actor)).toMatchObject({
        problem: 'already-exists',
        field: 'username',
      })
    }
    expect([...(await store.users.taken(['ALICE', 'bob']))]).toEqual(['ALICE'])
  })

  it('have a name of which something can be seen', async () => {
    const store = await testStore()
    await expect(store.users.create(userFields('\u200b'), actor)).rejects.toMatchObject({ code: 'empty-username' })
  })

  it('can be renamed, also in case only, but not to a name that is taken', async () => {
    const store = await testStore()
    const { id } = made(await store.users.create(userFields('alice'), actor))
    made(await store.users.create(userFields('bob'), actor))
    expect(made(await store.users.change(id, { ...userFields('ALICE'), version: 1 }, actor))).toMatchObject({
      version: 2,
    })
    expect(await store.users.change(id, { ...userFields('Bob'), version: 2 }, actor)).toMatchObject({
      problem: 'already-exists',
    })
    expect(await store.users.change(id, { ...userFields('carol'), version: 1 }, actor)).toMatchObject({
      problem: 'changed-meanwhile',
      current: { username: 'ALICE', version: 2 },
    })
  })

  it('leave their tokens behind, unassigned', async () => {
    const store = await testStore()
    const { id } = made(await store.users.create(userFields('alice'), actor))
    const token = made(
      await store.oathTokens.create({ ...tokenFields('T1', { userId: id }), secret: Buffer.alloc(20) }, actor),
    )
    expect((await store.users.byId(id))?.tokenCount).toBe(1)
    made(await store.users.remove(id, 1, actor))
    expect(await store.oathTokens.byId(token.id)).toMatchObject({ userId: null, user: null })
    expect(await store.users.byId(id)).toBeNull()
  })

  it('without a second factor are counted where they are enabled', async () => {
    const store = await testStore()
    const { id } = made(await store.users.create(userFields('alice'), actor))
    made(await store.users.create(userFields('bob'), actor))
    made(await store.users.create(userFields('carol', { enabled: false }), actor))
    made(await store.oathTokens.create({ ...tokenFields('T1', { userId: id }), secret: Buffer.alloc(20) }, actor))
    expect(await store.users.withoutFactor()).toBe(1)
  })
})

describe('the list of users', () => {
  it('comes page by page in either direction, each user once', async () => {
    const store = await testStore()
    const expected = Array.from({ length: 23 }, (_, number) => `user${String(number).padStart(2, '0')}`)
    await store.users.createMany(
      expected.map((name) => userFields(name)),
      actor,
    )
    expect(await names(store, { limit: 5 })).toEqual(expected)
    expect(await names(store, { limit: 23 })).toEqual(expected)
    expect(await names(store, { limit: 5, direction: 'descending' })).toEqual(expected.toReversed())
    expect((await store.users.list({ ...byName, limit: 5 })).total).toBe(23)
  })

  it('by last name keeps those who share one apart', async () => {
    const store = await testStore()
    const people = Array.from({ length: 12 }, (_, number) =>
      userFields(`u${number}`, { lastName: number % 2 ? 'Berg' : 'Adler' }),
    )
    await store.users.createMany(people, actor)
    const forwards = await names(store, { limit: 5, sort: 'lastName' })
    expect(new Set(forwards).size).toBe(12)
    expect(forwards.slice(0, 6).every((name) => Number(name.slice(1)) % 2 === 0)).toBe(true)
    expect(await names(store, { limit: 5, sort: 'lastName', direction: 'descending' })).toEqual(forwards.toReversed())
  })

  it.each([1, 2, 3, 4, 5, 9])(
    'by last sign-in has those who never signed in at the end of the past, %i a page',
    async (limit) => {
      const dataDir = dataFolder()
      const store = await testStore(dataDir)
      const { ids } = await store.users.createMany(
        ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => userFields(name)),
        actor,
      )
      signIn(dataDir, [ids[3] ?? '', ids[1] ?? '', ids[5] ?? ''])
      const forwards = await names(store, { limit, sort: 'lastSignInAt' })
      expect(forwards.slice(4)).toEqual(['d', 'b', 'f'])
      expect(forwards.slice(0, 4).sort()).toEqual(['a', 'c', 'e', 'g'])
      expect(await names(store, { limit, sort: 'lastSignInAt', direction: 'descending' })).toEqual(
        forwards.toReversed(),
      )
    },
  )

  it('is searched by the beginning of username, names and e-mail, in any case', async () => {
    const store = await testStore()
    await store.users.createMany(
      [
        userFields('alice'),
        userFields('bob', { firstName: 'Álvaro' }),
        userFields('carol', { lastName: 'ALvarez' }),
        userFields('dave', { email: 'al@example.com', enabled: false }),
        userFields('malala'),
      ],
      actor,
    )
    expect(await names(store, { search: 'AL', limit: 2 })).toEqual(['alice', 'bob', 'carol', 'dave'])
    expect(await names(store, { search: 'al', enabled: 'true' })).toEqual(['alice', 'bob', 'carol'])
    expect(await names(store, { enabled: 'false' })).toEqual(['dave'])
    expect((await store.users.list({ ...byName, search: 'al', limit: 1 })).total).toBe(4)
  })

  it.each(['%', '_', 'a%', '*', "'", '"', '\\'])('takes %j for a character, not for a wildcard', async (search) => {
    const store = await testStore()
    await store.users.createMany([userFields('alice'), userFields(`${search}x`)], actor)
    expect(await names(store, { search })).toEqual([`${search}x`])
  })

  it('refuses a cursor that it did not give out', async () => {
    const store = await testStore()
    await store.users.createMany(
      ['a', 'b', 'c'].map((name) => userFields(name)),
      actor,
    )
    const { nextCursor } = await store.users.list({ ...byName, limit: 1 })
    const forged = [
      'x',
      Buffer.from('{}').toString('base64url'),
      Buffer.from('["username",{"gt":""},"x"]').toString('base64url'),
    ]
    for (const cursor of forged) {
      await expect(store.users.list({ ...byName, cursor })).rejects.toMatchObject({ code: 'bad-cursor' })
    }
    const ofAnother = store.users.list({ ...byName, sort: 'lastName', cursor: nextCursor ?? '' })
    await expect(ofAnother).rejects.toMatchObject({ code: 'bad-cursor' })
  })
})

describe('many users at once', () => {
  it('are added with one audit entry, those who are there already skipped', async () => {
    const store = await testStore()
    made(await store.users.create(userFields('user7'), actor))
    const input = Array.from({ length: 1000 }, (_, number) =>
      userFields(`user${number}`, { email: `u${number}@example.com`, enabled: number % 2 === 0 }),
    )
    const { ids, skipped } = await store.users.createMany([...input, userFields('USER8')], actor)
    expect([ids.length, new Set(ids).size, skipped]).toEqual([999, 999, 2])
    expect((await store.counts()).users).toBe(1000)
    expect((await store.users.list({ ...byName, enabled: 'true', limit: 1 })).total).toBe(501)
    const { rows, total } = await store.audit.list({ limit: 1 })
    expect(total).toBe(2)
    expect(rows[0]).toMatchObject({ action: 'imported', subjectKind: 'user', after: { users: 999 } })
    expect(await store.users.createMany(input, actor)).toEqual({ ids: [], skipped: 1000 })
  })
})
