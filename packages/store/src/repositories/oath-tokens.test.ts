import { describe, expect, it } from 'vitest'
import { actor, made, testStore, tokenFields, userFields } from '../../test/data-folder.ts'
import type { Store } from '../types.ts'

const secret = Buffer.from('12345678901234567890')

async function site() {
  const store = await testStore()
  const alice = made(await store.users.create(userFields('alice'), actor))
  return { store, alice }
}

async function serials(store: Store, query: Partial<Parameters<Store['oathTokens']['list']>[0]>): Promise<string[]> {
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = await store.oathTokens.list({ limit: 2, ...query, cursor })
    found.push(...page.rows.map(({ serialNumber }) => serialNumber))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return found
}

describe('OATH tokens', () => {
  it('keep their key, and hand it out as it came', async () => {
    const { store, alice } = await site()
    const token = made(await store.oathTokens.create({ ...tokenFields('T1', { userId: alice.id }), secret }, actor))
    expect(token).toMatchObject({ serialNumber: 'T1', user: { id: alice.id, username: 'alice' }, lastUsedStep: null })
    expect(await store.oathTokens.secret(token.id)).toEqual(secret)
    expect(await store.oathTokens.secret('nothing')).toBeNull()
  })

  it('share no serial number and belong to nobody who is not there', async () => {
    const { store } = await site()
    made(await store.oathTokens.create({ ...tokenFields('T1'), secret }, actor))
    expect(await store.oathTokens.create({ ...tokenFields('t1'), secret }, actor)).toMatchObject({
      problem: 'already-exists',
      field: 'serialNumber',
    })
    expect(await store.oathTokens.create({ ...tokenFields('T2', { userId: 'nobody' }), secret }, actor)).toMatchObject({
      problem: 'not-found',
    })
    expect((await store.counts()).tokens).toBe(1)
  })

  it('go from hand to hand, as the trail tells', async () => {
    const { store, alice } = await site()
    const { id } = made(await store.oathTokens.create({ ...tokenFields('T1'), secret }, actor))
    expect(made(await store.oathTokens.assign(id, alice.id, 1, actor))).toMatchObject({ userId: alice.id, version: 2 })
    expect((await store.audit.list({ limit: 1 })).rows[0]).toMatchObject({
      action: 'assigned',
      before: { user: null },
      after: { user: 'alice' },
    })
    expect(await store.oathTokens.assign(id, null, 1, actor)).toMatchObject({ problem: 'changed-meanwhile' })
    expect(await store.oathTokens.assign(id, 'nobody', 2, actor)).toMatchObject({ problem: 'not-found' })
    expect(made(await store.oathTokens.assign(id, null, 2, actor))).toMatchObject({ user: null, version: 3 })
    made(await store.oathTokens.remove(id, 3, actor))
    expect(await store.oathTokens.byId(id)).toBeNull()
  })

  it('are listed by serial number and found by its beginning or the user’s', async () => {
    const { store, alice } = await site()
    for (const serial of ['T3', 'T1', 'A1', 'T2', 'X_1']) {
      const userId = serial === 'T2' || serial === 'X_1' ? alice.id : null
      made(await store.oathTokens.create({ ...tokenFields(serial, { userId }), secret }, actor))
    }
    expect(await serials(store, {})).toEqual(['A1', 'T1', 'T2', 'T3', 'X_1'])
    expect(await serials(store, { search: 't' })).toEqual(['T1', 'T2', 'T3'])
    expect(await serials(store, { search: 'AL' })).toEqual(['T2', 'X_1'])
    expect(await serials(store, { search: 'a' })).toEqual(['A1', 'T2', 'X_1'])
    expect(await serials(store, { search: 'X%' })).toEqual([])
    expect(await serials(store, { assigned: 'true' })).toEqual(['T2', 'X_1'])
    expect(await serials(store, { assigned: 'false', search: 't' })).toEqual(['T1', 'T3'])
    expect(await serials(store, { userId: alice.id })).toEqual(['T2', 'X_1'])
    await expect(store.oathTokens.list({ limit: 1, cursor: 'e30' })).rejects.toMatchObject({ code: 'bad-cursor' })
  })
})

describe('OATH tokens that codes go by a counter of, or that lost their step', () => {
  it('remember where two codes showed them to be, and never go back', async () => {
    const { store } = await site()
    const hotp = { ...tokenFields('H1'), type: 'hotp', lastUsedStep: 6, secret } as const
    const { id } = made(await store.oathTokens.create(hotp, actor))
    const found = made(await store.oathTokens.resynchronise(id, { step: 50, driftSteps: 0 }, actor))
    expect(found).toMatchObject({ type: 'hotp', lastUsedStep: 50, version: 2 })
    expect((await store.audit.list({ limit: 1 })).rows[0]).toMatchObject({
      ...{ action: 'resynchronised', before: { counter: 7 }, after: { counter: 51 } },
    })
    for (const step of [50, 49]) {
      expect(await store.oathTokens.resynchronise(id, { step, driftSteps: 0 }, actor)).toMatchObject({
        problem: 'changed-meanwhile',
      })
    }
    const { id: clock } = made(await store.oathTokens.create({ ...tokenFields('C1'), secret }, actor))
    expect(made(await store.oathTokens.resynchronise(clock, { step: 5, driftSteps: -9 }, actor))).toMatchObject({
      driftSteps: -9,
    })
    expect(await store.oathTokens.resynchronise('nothing', { step: 5, driftSteps: 0 }, actor)).toMatchObject({
      problem: 'not-found',
    })
    expect(await serials(store, { type: 'hotp' })).toEqual(['H1'])
  })

  it('go from hand to hand many at once, each with its entry in the trail', async () => {
    const { store, alice } = await site()
    const bert = made(await store.users.create(userFields('bert'), actor))
    const ids: string[] = []
    for (let at = 0; at < 60; at++) {
      const fields = tokenFields(`T${at}`, { userId: at === 0 ? bert.id : null })
      ids.push(made(await store.oathTokens.create({ ...fields, secret }, actor)).id)
    }
    const assigned = await store.oathTokens.assignMany([...ids, 'gone'], alice.id, actor)
    expect(assigned).toMatchObject({ count: 60 })
    expect(new Set(assigned?.userIds)).toEqual(new Set([alice.id, bert.id]))
    expect((await store.users.byId(alice.id))?.tokenCount).toBe(60)
    expect(await store.oathTokens.assignMany(ids, 'nobody', actor)).toBeNull()
    expect(await store.oathTokens.removeMany(ids.slice(0, 59), actor)).toEqual({ count: 59, userIds: [alice.id] })
    expect((await store.audit.list({ limit: 1 })).rows[0]).toMatchObject({ action: 'removed' })
    expect((await store.audit.list({ limit: 200 })).rows.filter(({ action }) => action === 'removed')).toHaveLength(59)
    expect((await store.counts()).tokens).toBe(1)
  })
})
