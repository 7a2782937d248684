import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { actor, dataFolder, made, testStore, userFields } from '../../test/data-folder.ts'
import { signInRecord } from '../../test/sign-in-record.ts'
import { openJournal, openMover, type SignInRecord } from '../engine.ts'
import type { Store } from '../types.ts'
import type { UserUsageFilter } from '../usage-types.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
const day = Date.parse('2026-11-20T00:00:00.000Z')
const at = (atMs: number) => ({ atMs, roundAtMs: atMs })
const wrong = { result: 'rejected', reason: 'wrong-password', factor: null } as const
const client = randomUUID()

function move(dataDir: string, records: readonly Partial<SignInRecord>[]): void {
  const journal = openJournal({ dataDir })
  journal.append(records.map((fields) => ({ kind: 'sign-in', signIn: signInRecord(fields) })))
  journal.close()
  const mover = openMover({ dataDir })
  while (mover.move(1000) > 0);
  mover.close()
}

async function history(records: readonly Partial<SignInRecord>[]): Promise<Store> {
  const dataDir = dataFolder()
  const store = await testStore(dataDir)
  move(dataDir, records)
  return store
}

const countsOf = async (store: Store, fromMs: number, toMs: number, filter = {}) => {
  const rows = await store.usage.counts(new Date(fromMs), new Date(toMs), filter)
  return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]))
}

describe('the counts of usage', () => {
  it('are of sign-ins that ended, once each, tests left out', async () => {
    const id = randomUUID()
    const store = await history([
      { ...at(day), id, result: 'challenged', reason: 'code-requested' },
      { ...at(day + 1), id, roundNumber: 2 },
      { ...at(day), test: true },
      { ...at(day), ...wrong, count: 3 },
    ])
    expect(await countsOf(store, day, day + dayMs)).toEqual({ 'password-and-code': 1, 'wrong-password': 3 })
  })

  it('add whole days and the quarters around them up to what the quarters alone do', async () => {
    const hours = Array.from({ length: 100 }, (_, hour) => at(day - 10 * hourMs + hour * hourMs))
    const store = await history(hours)
    for (const [from, to] of [
      [-10, 90],
      [-10, 0],
      [0, 24],
      [5, 80],
      [3, 20],
      [24, 25],
    ] as const) {
      const found = await countsOf(store, day + from * hourMs, day + to * hourMs)
      expect(found, `${from} to ${to}`).toEqual({ 'password-and-code': to - from })
    }
  })

  it('are filtered by RADIUS client, second factor and result', async () => {
    const store = await history([
      { ...at(day), clientId: client },
      { ...at(day), clientId: client, factor: 'push', reason: 'password-and-approval' },
      { ...at(day), ...wrong },
    ])
    const filtered = (filter: object) => countsOf(store, day, day + dayMs, filter)
    expect(await filtered({ clientId: client })).toEqual({ 'password-and-code': 1, 'password-and-approval': 1 })
    expect(await filtered({ factor: 'none' })).toEqual({ 'wrong-password': 1 })
    expect(await filtered({ factor: 'push', clientId: client, result: 'accepted' })).toEqual({
      'password-and-approval': 1,
    })
    expect(await filtered({ result: 'unanswered' })).toEqual({})
    expect(await store.usage.firstDay()).toEqual(new Date(day))
  })
})

describe('sign-ins of a release that counted none', () => {
  it('are counted in pieces, each once, whatever comes meanwhile and whenever it is interrupted', async () => {
    const dataDir = dataFolder()
    const store = await testStore(dataDir)
    move(
      dataDir,
      Array.from({ length: 2500 }, (_, number) => ({ ...at(day + number), durationMs: 0 })),
    )
    const database = new Database(join(dataDir, 'sallyport.db'))
    for (const table of ['UsageQuarter', 'UsageDay', 'UsageUserDay']) database.exec(`DELETE FROM ${table}`)
    // As the migration does; the last hundred ended after it, and were counted when they did.
    database.prepare('INSERT INTO UsageBackfill (id, before, endedBy) VALUES (1, 2501, ?)').run(day + 2399)
    database.close()
    const left: number[] = []
    for (let round = 0; round < 4; round += 1) {
      move(dataDir, [{ ...at(day + dayMs) }])
      left.push(await store.usage.uncounted())
    }
    expect(left).toEqual([1501, 501, 0, 0])
    expect(await countsOf(store, day, day + dayMs)).toEqual({ 'password-and-code': 2400 })
    expect(await countsOf(store, day + dayMs, day + 2 * dayMs)).toEqual({ 'password-and-code': 4 })
  })
})

describe('usage by user', () => {
  const filter: UserUsageFilter = { from: new Date(day), to: new Date(day + dayMs), who: 'active' }

  async function people(): Promise<{ store: Store; ids: readonly string[] }> {
    const dataDir = dataFolder()
    const store = await testStore(dataDir)
    const ids: string[] = []
    for (let number = 0; number < 250; number += 1) {
      const username = `user${String(number).padStart(3, '0')}`
      ids.push(made(await store.users.create(userFields(username), actor)).id)
    }
    const active = ids.filter((_, number) => number % 50 === 7)
    move(
      dataDir,
      active.flatMap((userId) => [
        { ...at(day), userId, clientId: client },
        { ...at(day + hourMs), userId, factor: 'push', reason: 'password-and-approval' },
        { ...at(day + hourMs), userId, ...wrong },
        { ...at(day + dayMs), userId },
      ]),
    )
    return { store, ids }
  }

  it('comes by pages in the order of names, those who signed in, those who did not, or all', async () => {
    const { store, ids } = await people()
    const all = async (changes: Partial<UserUsageFilter>, limit: number) => {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await store.usage.users({ ...filter, ...changes }, { cursor, limit })
        expect(page.rows.length).toBeLessThanOrEqual(limit)
        found.push(...page.rows.map(({ user }) => user.username))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      return found
    }
    const names = ['user007', 'user057', 'user107', 'user157', 'user207']
    for (const limit of [1, 2, 5, 200]) expect(await all({}, limit)).toEqual(names)
    expect(await all({ username: 'USER1' }, 1)).toEqual(['user107', 'user157'])
    expect(await all({ clientId: randomUUID() }, 5)).toEqual([])
    expect((await all({ who: 'all' }, 30)).length).toBe(ids.length)
    expect((await all({ who: 'inactive' }, 30)).length).toBe(ids.length - names.length)
    const streamed = []
    for await (const rows of store.usage.streamUsers(filter)) streamed.push(...rows.map(({ user }) => user.username))
    expect(streamed).toEqual(names)
  })

  it('says how each ended and by which second factor', async () => {
    const { store, ids } = await people()
    const { rows } = await store.usage.users(filter, { limit: 1 })
    expect(rows[0]).toMatchObject({ accepted: 2, rejected: 1, unanswered: 0, methods: { oath: 1, push: 1 } })
    const userId = ids[7] ?? ''
    const counts = await store.usage.countsOfUser(userId, new Date(day), new Date(day + 2 * dayMs), { factor: 'oath' })
    expect(counts.map(({ reason, count }) => [reason, count])).toEqual([
      ['password-and-code', 1],
      ['password-and-code', 1],
    ])
  })
})
