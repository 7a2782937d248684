import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { SignInFilter } from '@sallyport/contract'
import { dataFolder, testStore } from '../../test/data-folder.ts'
import { signInRecord } from '../../test/sign-in-record.ts'
import { openJournal, openMover, type SignInRecord } from '../engine.ts'
import type { Store } from '../types.ts'

const baseMs = 1_700_000_000_000
const iso = (seconds: number) => new Date(baseMs + seconds * 1000).toISOString()

/** One sign-in a second, oldest first; `callingStation` numbers them. */
async function history(records: readonly Partial<SignInRecord>[]): Promise<Store> {
  const dataDir = dataFolder()
  const store = await testStore(dataDir)
  const journal = openJournal({ dataDir })
  journal.append(
    records.map((fields, number) => ({
      kind: 'sign-in',
      signIn: signInRecord({ atMs: baseMs + number * 1000, callingStation: String(number), ...fields }),
    })),
  )
  journal.close()
  const mover = openMover({ dataDir })
  while (mover.move(1000) > 0);
  mover.close()
  return store
}

async function found(store: Store, filter: SignInFilter, limit = 2): Promise<string[]> {
  const stations: string[] = []
  let cursor: string | undefined
  do {
    const page = await store.signIns.list(filter, { limit, cursor })
    stations.push(...page.rows.map(({ callingStation }) => callingStation ?? ''))
    cursor = page.nextCursor ?? undefined
    if (cursor === undefined) expect(page.total).toBe(stations.length)
  } while (cursor !== undefined)
  return stations
}

describe('the sign-ins', () => {
  it('come newest first, page by page, also those of the same millisecond', async () => {
    const store = await history(Array.from({ length: 9 }, (_, number) => ({ atMs: baseMs + Math.floor(number / 4) })))
    const expected = ['8', '7', '6', '5', '4', '3', '2', '1', '0']
    for (const limit of [1, 2, 3, 4, 9, 50]) expect(await found(store, {}, limit)).toEqual(expected)
  })

  it('come by time, whatever the order in which they were recorded', async () => {
    const store = await history([5, 1, 4, 2, 3].map((second) => ({ atMs: baseMs + second * 1000 })))
    expect(await found(store, {})).toEqual(['0', '2', '4', '3', '1'])
  })

  it('are filtered by each field and by all together', async () => {
    const [clientId, userId] = [randomUUID(), randomUUID()]
    const rejected = { result: 'rejected', reason: 'wrong-password' } as const
    const store = await history([
      { username: 'Alice', clientId, userId },
      { username: 'alicia', clientId, ...rejected },
      { username: 'bob', userId },
      { username: 'ALICE', clientId, userId, ...rejected },
      { username: 'alice', clientId, userId, result: 'rejected', reason: 'wrong-code' },
    ])
    expect(await found(store, { username: 'alic' })).toEqual(['4', '3', '1', '0'])
    expect(await found(store, { username: 'Ａlice' })).toEqual(['4', '3', '0'])
    expect(await found(store, { username: 'al%' })).toEqual([])
    expect(await found(store, { result: 'rejected' })).toEqual(['4', '3', '1'])
    expect(await found(store, { reason: 'wrong-password' })).toEqual(['3', '1'])
    expect(await found(store, { clientId })).toEqual(['4', '3', '1', '0'])
    expect(await found(store, { userId })).toEqual(['4', '3', '2', '0'])
    expect(await found(store, { from: iso(1), to: iso(3) })).toEqual(['3', '2', '1'])
    const all = { username: 'alice', clientId, userId, ...rejected, from: iso(0), to: iso(4) }
    expect(await found(store, all)).toEqual(['3'])
  })

  it('find a common beginning of names as well as a rare one', async () => {
    const many = Array.from({ length: 6000 }, (_, number) => ({ username: number % 1000 === 0 ? 'rare' : 'usual' }))
    const store = await history(many)
    expect((await found(store, { username: 'u' }, 200)).length).toBe(5994)
    expect(await found(store, { username: 'ra' })).toEqual(['5000', '4000', '3000', '2000', '1000', '0'])
  })

  it('are streamed in pieces, all of them once', async () => {
    const store = await history(Array.from({ length: 1234 }, () => ({})))
    const sizes: number[] = []
    const stations = new Set<string | null>()
    for await (const rows of store.signIns.stream({ result: 'accepted' })) {
      sizes.push(rows.length)
      for (const { callingStation } of rows) stations.add(callingStation)
    }
    expect(sizes).toEqual([500, 500, 234])
    expect(stations.size).toBe(1234)
  })

  it('are the same one by one and streamed', async () => {
    const [userId, clientId] = [randomUUID(), randomUUID()]
    const store = await history([{ userId, clientId }, { test: true }])
    const streamed: unknown[] = []
    const from = iso(0)
    for await (const rows of store.signIns.stream({ from, to: iso(1) })) streamed.push(...rows)
    expect(streamed).toEqual((await store.signIns.list({ from }, { limit: 10 })).rows)
    expect(streamed).toHaveLength(2)
  })

  it('are counted by quarters of an hour, by result and reason, without tests', async () => {
    const wrong = { result: 'rejected', reason: 'wrong-password' } as const
    const quarterMs = 900_000
    const first = Math.ceil(baseMs / quarterMs) * quarterMs
    const at = (atMs: number) => ({ atMs, roundAtMs: atMs })
    const store = await history([
      { ...at(first), ...wrong },
      { ...at(first + quarterMs - 1), ...wrong, count: 3 },
      { ...at(first + 60_000), ...wrong, test: true },
      { ...at(first + 60_000) },
      { ...at(first + quarterMs), ...wrong },
    ])
    const counts = async (fromMs: number, toMs: number) => {
      const rows = await store.signIns.counts(new Date(fromMs), new Date(toMs))
      return Object.fromEntries(rows.map(({ result, count }) => [result, count]))
    }
    expect(await store.signIns.firstQuarter()).toEqual(new Date(first))
    expect(await counts(first, first + quarterMs)).toEqual({ accepted: 1, rejected: 4 })
    expect(await counts(first + 1, first + quarterMs + 1)).toEqual({ rejected: 1 })
    expect(await counts(first, first + 2 * quarterMs)).toEqual({ accepted: 1, rejected: 5 })
    expect(await (await testStore()).signIns.firstQuarter()).toBeNull()
  })

  it('refuse a cursor that they did not give out', async () => {
    const store = await history([{}])
    for (const cursor of ['', 'abc', Buffer.from('["1","2"]').toString('base64url')]) {
      await expect(store.signIns.list({}, { limit: 1, cursor })).rejects.toMatchObject({ code: 'bad-cursor' })
    }
  })

  it('are null when there is no such one', async () => {
    expect(await (await testStore()).signIns.byId(randomUUID())).toBeNull()
  })
})
