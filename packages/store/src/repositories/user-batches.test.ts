import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { actor, dataFolder, made, testStore, tokenFields, userFields } from '../../test/data-folder.ts'
import { dataPaths } from '../paths.ts'
import type { Actor, Store, UserBatchAct, UserSelection } from '../types.ts'

const off: UserBatchAct = { kind: 'change', changes: { enabled: false } }

async function people(count: number, clock?: () => Date) {
  const dataDir = dataFolder()
  const store = await testStore(dataDir, clock)
  const fields = Array.from({ length: count }, (_, number) => userFields(`user${String(number).padStart(4, '0')}`))
  const { ids } = await store.users.createMany(fields, actor)
  const file = new Database(dataPaths(dataDir).database)
  onTestFinished(() => void file.close())
  return { store, ids, file }
}

/** Does it to its end; answers what it came to, and whom each piece changed. */
async function carryOut(store: Store, selection: UserSelection, act: UserBatchAct, by: Actor = actor) {
  const begun = await store.userBatches.begin(selection, act, by)
  if (!begun.ok) throw new Error(begun.problem)
  return finish(store, begun)
}

async function undo(store: Store, id: string) {
  const begun = await store.userBatches.beginUndo(id, actor)
  if (!begun.ok) throw new Error(begun.problem)
  return finish(store, begun)
}

type Begun = Extract<Awaited<ReturnType<Store['userBatches']['begin']>>, { ok: true }>
async function finish(store: Store, { batch, carryOut: work }: Begun) {
  const pieces: number[] = []
  await work((userIds) => {
    pieces.push(userIds.length)
    return Promise.resolve()
  })
  const ended = await store.userBatches.byId(batch.id)
  if (ended === null) throw new Error('forgotten')
  return { ...ended, pieces }
}

const entriesOf = async (store: Store, most = 10) => (await store.audit.list({ limit: most })).rows

describe('many users at once', () => {
  it('are changed piece by piece, each with an audit entry that names the batch; whoever is so already is left alone', async () => {
    const { store, ids } = await people(600)
    made(await store.users.change(ids[0] ?? '', { ...userFields('user0000'), enabled: false, version: 1 }, actor))
    const batch = await carryOut(store, { ids }, off)
    expect(batch).toMatchObject({ state: 'done', total: 600, done: 600, changed: 599, pieces: [249, 250, 100] })
    expect((await store.users.byId(ids[1] ?? ''))?.enabled).toBe(false)
    const [entry] = await entriesOf(store)
    expect(entry).toMatchObject({
      ...{ action: 'changed', subjectKind: 'user', subjectName: 'user0599', administrator: actor.name },
      ...{ before: { enabled: true }, after: { enabled: false, batch: batch.id } },
    })
    expect(await store.audit.firstBroken()).toBeNull()
  })

  it('are those whom a filter finds, if they are still as many as were shown', async () => {
    const { store } = await people(12)
    const filter = { search: 'user000' }
    expect(await store.userBatches.begin({ filter, count: 9 }, off, actor)).toEqual({
      ...{ ok: false, problem: 'count-changed', count: 10 },
    })
    expect(await carryOut(store, { filter, count: 10 }, off)).toMatchObject({ changed: 10 })
  })

  it('come back exactly, but for those whom somebody changed or removed since', async () => {
    const { store, ids } = await people(4)
    const [first = '', second = '', third = '', fourth = ''] = ids
    const changes = { factorMethods: ['oath'], language: 'de', block: { reason: 'audit', until: null } } as const
    const batch = await carryOut(store, { ids }, { kind: 'change', changes })
    expect((await store.users.byId(first))?.block).toEqual({ until: null })
    const meanwhile = await store.users.byId(second)
    if (meanwhile) made(await store.users.change(second, { ...meanwhile, description: 'mine' }, actor))
    made(await store.users.remove(third, 2, actor))
    const undone = await undo(store, batch.id)
    expect(undone).toMatchObject({ kind: 'undo', total: 4, done: 4, changed: 2 })
    expect(undone.notBroughtBack).toEqual([
      { username: 'user0001', problem: 'changed-since' },
      { username: 'user0002', problem: 'gone' },
    ])
    expect(await store.users.byId(fourth)).toMatchObject({ factorMethods: [], block: null, version: 3 })
    expect(await store.users.byId(second)).toMatchObject({ factorMethods: ['oath'], description: 'mine' })
    expect(await store.userBatches.beginUndo(batch.id, actor)).toMatchObject({ problem: 'too-late' })
  })

  it('that were unblocked are blocked again by an undo, as they were', async () => {
    const { store, ids } = await people(2)
    const [first = ''] = ids
    await store.people.block(first, { reason: 'left', until: null }, actor)
    const batch = await carryOut(store, { ids }, { kind: 'change', changes: { unblock: true } })
    expect(batch.changed).toBe(1)
    expect((await store.users.byId(first))?.block).toBeNull()
    await undo(store, batch.id)
    expect((await store.users.byId(first))?.block).toEqual({ until: null })
  })

  it('that two administrators change at the same time are each changed by both, and undone where the other did not come after', async () => {
    const { store, ids } = await people(500)
    const other: Actor = { id: null, name: 'grace', address: null }
    const [mine, theirs] = await Promise.all([
      carryOut(store, { ids }, off),
      carryOut(store, { ids: ids.slice(0, 100) }, { kind: 'change', changes: { language: 'de' } }, other),
    ])
    expect([mine.changed, theirs.changed]).toEqual([500, 100])
    const undone = await undo(store, mine.id)
    const laterWasTheirs = undone.changed === 400
    expect(laterWasTheirs ? undone.notBroughtBack.length : undone.changed).toBe(laterWasTheirs ? 100 : 500)
    const { total } = await store.users.list({ limit: 1, sort: 'username', direction: 'ascending', enabled: 'true' })
    expect(total).toBe(undone.changed)
  })
})

describe('many users who are removed', () => {
  it('come back with their PIN, blocks, devices and tokens, and without what let them in', async () => {
    const { store, ids, file } = await people(2)
    const [id = ''] = ids
    await store.people.setPin(id, 'argon', 0, actor)
    await store.people.block(id, { reason: 'left', until: null }, actor)
    const hardware = made(
      await store.oathTokens.create({ ...tokenFields('H1', { userId: id }), secret: Buffer.alloc(20) }, actor),
    )
    const { shown } = await addDevice(store, id)
    const link = { tokenHash: 'h', userId: id, expiresAt: new Date(Date.now() + 60_000) }
    await store.enrolmentLinks.create(link, actor)
    const everything = () =>
      ['User', 'UserPin', 'UserBlock', 'AppDevice', 'OathToken'].map((table) =>
        file.prepare(`SELECT * FROM ${table} ORDER BY 1`).all(),
      )
    const before = everything()
    const batch = await carryOut(store, { ids }, { kind: 'remove' })
    expect((await store.users.list({ limit: 1, sort: 'username', direction: 'ascending' })).total).toBe(0)
    expect(await store.oathTokens.byId(shown)).toBeNull()
    expect(await store.oathTokens.byId(hardware.id)).toMatchObject({ user: null })
    expect(await undo(store, batch.id)).toMatchObject({ changed: 2, notBroughtBack: [] })
    expect(everything()).toEqual(before)
    expect(file.prepare('SELECT COUNT(*) AS count FROM EnrolmentLink').get()).toEqual({ count: 0 })
    expect(await store.audit.firstBroken()).toBeNull()
  })

  it('stay gone where somebody of the same name was added since', async () => {
    const { store, ids } = await people(2)
    const batch = await carryOut(store, { ids }, { kind: 'remove' })
    made(await store.users.create(userFields('USER0000'), actor))
    const undone = await undo(store, batch.id)
    expect(undone).toMatchObject({ changed: 1, notBroughtBack: [{ username: 'user0000', problem: 'name-taken' }] })
  })

  it('are forgotten within the hour, and a batch that ran when the server stopped can be taken back', async () => {
    let now = new Date('2026-11-23T10:00:00Z')
    const { store, ids, file } = await people(300, () => now)
    const begun = await store.userBatches.begin({ ids }, { kind: 'remove' }, actor)
    if (!begun.ok) throw new Error(begun.problem)
    await expect(begun.carryOut(() => Promise.reject(new Error('the server stops')))).rejects.toThrow('stops')
    expect(await store.userBatches.byId(begun.batch.id)).toMatchObject({ state: 'stopped', done: 250, total: 300 })
    expect(await undo(store, begun.batch.id)).toMatchObject({ changed: 250 })
    const again = await carryOut(store, { ids }, { kind: 'remove' })
    now = new Date(now.getTime() + 61 * 60_000)
    await store.userBatches.sweep()
    expect(await store.userBatches.beginUndo(again.id, actor)).toMatchObject({ problem: 'too-late' })
    expect(file.prepare('SELECT COUNT(*) AS count FROM UserBatchEntry').get()).toEqual({ count: 0 })
  })

  it('leave no table behind that this knows nothing of', async () => {
    const { file } = await people(0)
    const tables = file.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[]
    const references = tables.flatMap((table) =>
      (file.pragma(`foreign_key_list("${table}")`) as { table: string; on_delete: string }[])
        .filter(({ on_delete }) => on_delete === 'CASCADE')
        .map((key) => [table, key.table] as const),
    )
    const ofUsers = references.filter(([, parent]) => parent === 'User').map(([table]) => table)
    // What hangs on what hangs on a user would go with them and not come back.
    expect(references.filter(([, parent]) => ofUsers.includes(parent))).toEqual([])
  })
})

it('a user who is removed takes the tokens of their apps along; others stay, with nobody', async () => {
  const { store, ids } = await people(1)
  const [id = ''] = ids
  const { shown } = await addDevice(store, id)
  const other = made(
    await store.oathTokens.create({ ...tokenFields('H1', { userId: id }), secret: Buffer.alloc(20) }, actor),
  )
  made(await store.users.remove(id, 1, actor))
  expect(await store.oathTokens.byId(shown)).toBeNull()
  expect(await store.oathTokens.byId(other.id)).toMatchObject({ user: null })
})

async function addDevice(store: Store, userId: string): Promise<{ readonly shown: string }> {
  const codeHash = randomUUID()
  await store.appDevices.createActivation({ userId, codeHash, expiresAt: new Date(Date.now() + 60_000) }, actor)
  const serialNumber = `APP-${codeHash}`
  const token = { serialNumber, secret: Buffer.alloc(20, 7), manufacturer: 'Sallyport', model: 'App' }
  const facts = { codeHash, name: 'Phone', publicKey: codeHash, userAgent: '', address: '192.0.2.1', token }
  const registered = await store.appDevices.register(facts)
  if (!registered.ok) throw new Error(registered.problem)
  const { rows } = await store.oathTokens.list({ limit: 50, search: serialNumber })
  return { shown: rows[0]?.id ?? '' }
}
