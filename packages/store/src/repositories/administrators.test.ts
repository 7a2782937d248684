import { describe, expect, it } from 'vitest'
import { actor, made, testStore } from '../../test/data-folder.ts'
import type { Store } from '../types.ts'

const ada = { username: 'Ada', passwordHash: 'hash', role: 'administrator' } as const

async function session(store: Store, administratorId: string, tokenHash: string, expiresAt: Date): Promise<void> {
  await store.sessions.create({
    stage: 'full',
    tokenHash,
    administratorId,
    expiresAt,
    address: '192.0.2.1',
    userAgent: 'test',
  })
}

describe('administrators', () => {
  it('have one first among them, however many ask at once', async () => {
    const store = await testStore()
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, number) =>
        store.administrators.createFirst({ username: `first${number}`, passwordHash: 'hash' }, actor),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.filter(({ ok }) => !ok)[0]).toEqual({ ok: false, problem: 'already-exists', field: 'username' })
    expect(await store.administrators.count()).toBe(1)
    expect((await store.administrators.list())[0]).toMatchObject({ role: 'administrator', enabled: true, version: 1 })
  })

  it('are found by name in any case, and no two share one', async () => {
    const store = await testStore()
    const { id } = made(await store.administrators.create(ada, actor))
    expect((await store.administrators.byUsername('ADA '))?.id).toBe(id)
    expect(await store.administrators.create({ ...ada, username: 'ADA' }, actor)).toMatchObject({
      problem: 'already-exists',
      field: 'username',
    })
  })

  it('always keep one who is enabled and may change everything', async () => {
    const store = await testStore()
    const one = made(await store.administrators.create(ada, actor))
    const other = made(await store.administrators.create({ ...ada, username: 'grace', role: 'operator' }, actor))
    const { administrators } = store
    const refused = { ok: false, problem: 'last-administrator' }
    expect(await administrators.change(one.id, { role: 'operator', enabled: true, version: 1 }, actor)).toEqual(refused)
    expect(await administrators.change(one.id, { role: 'administrator', enabled: false, version: 1 }, actor)).toEqual(
      refused,
    )
    expect(await administrators.remove(one.id, 1, actor)).toEqual(refused)
    made(await administrators.change(other.id, { role: 'administrator', enabled: true, version: 1 }, actor))
    made(await administrators.remove(one.id, 1, actor))
    expect(await administrators.remove(other.id, 2, actor)).toEqual(refused)
  })

  it('lose their sessions when somebody changes them, and keep one when they change their own password', async () => {
    const store = await testStore()
    const { id } = made(await store.administrators.create(ada, actor))
    const later = new Date(Date.now() + 60_000)
    for (const token of ['a', 'b']) await session(store, id, token, later)
    await store.administrators.changeOwnPassword(id, 'new hash', 'a', actor)
    expect(await store.sessions.find('b')).toBeNull()
    expect((await store.sessions.find('a'))?.administrator).toMatchObject({ passwordHash: 'new hash', version: 2 })
    made(await store.administrators.change(id, { role: 'administrator', enabled: true, version: 2 }, actor))
    expect(await store.sessions.find('a')).toBeNull()
  })

  it('count wrong passwords, and forget them with a right one or a new one', async () => {
    const store = await testStore()
    const { id } = made(await store.administrators.create(ada, actor))
    const until = new Date(Date.now() + 60_000)
    await Promise.all(Array.from({ length: 5 }, () => store.administrators.countFailedSignIn(id, null)))
    await store.administrators.countFailedSignIn(id, until)
    expect(await store.administrators.byId(id)).toMatchObject({ failedSignIns: 6, lockedUntil: until })
    await store.administrators.noteSignIn(id, actor, ['password'])
    expect(await store.administrators.byId(id)).toMatchObject({ failedSignIns: 0, lockedUntil: null, version: 1 })
    await store.administrators.countFailedSignIn(id, until)
    const reset = { role: 'administrator', enabled: true, passwordHash: 'reset', version: 1 } as const
    expect(made(await store.administrators.change(id, reset, actor))).toMatchObject({
      failedSignIns: 0,
      lockedUntil: null,
    })
  })

  it('are told who saved first', async () => {
    const store = await testStore()
    const { id } = made(await store.administrators.create(ada, actor))
    const input = { role: 'administrator', enabled: true, version: 1 } as const
    made(await store.administrators.change(id, input, actor))
    expect(await store.administrators.change(id, input, actor)).toMatchObject({
      problem: 'changed-meanwhile',
      current: { version: 2 },
    })
    expect(await store.administrators.change('nobody', input, actor)).toEqual({ ok: false, problem: 'not-found' })
  })
})

describe('sessions', () => {
  it('are over when they expire, when they are ended, or when their administrator is disabled', async () => {
    let now = new Date('2026-01-01T00:00:00Z')
    const store = await testStore(undefined, () => now)
    made(await store.administrators.create(ada, actor))
    const { id } = made(await store.administrators.create({ ...ada, username: 'grace' }, actor))
    const in1Minute = new Date(now.getTime() + 60_000)
    for (const token of ['expires', 'touched', 'ended']) await session(store, id, token, in1Minute)
    await store.sessions.touch('touched', new Date(now.getTime() + 120_000))
    await store.sessions.remove('ended')
    expect(await store.sessions.find('ended')).toBeNull()
    expect(await store.sessions.find('expires')).toMatchObject({ expiresAt: in1Minute })
    now = in1Minute
    expect(await store.sessions.find('expires')).toBeNull()
    expect(await store.sessions.removeExpired()).toBe(1)
    expect(await store.sessions.find('touched')).toMatchObject({ administrator: { username: 'grace' } })
    made(await store.administrators.remove(id, 1, actor))
    expect(await store.sessions.find('touched')).toBeNull()
  })
})

describe('the account at a provider that signs in as an administrator', () => {
  const identity = { issuer: 'https://login.example.com', subject: 'one' }

  it('is the first that did, nobody else’s, until it is forgotten; what was begun with it ends then', async () => {
    const store = await testStore()
    const { administrators } = store
    const { id } = made(await administrators.create(ada, actor))
    const other = made(await administrators.create({ ...ada, username: 'grace' }, actor))
    expect(await administrators.noteSignIn(id, actor, ['openid-connect'], identity)).toBe(true)
    expect((await administrators.byIdentity(identity))?.id).toBe(id)
    expect(await administrators.noteSignIn(id, actor, ['openid-connect'], { ...identity, subject: 'two' })).toBe(false)
    expect(await administrators.noteSignIn(other.id, actor, ['openid-connect'], identity)).toBe(false)
    expect(await administrators.noteSignIn(id, actor, ['password'])).toBe(true)
    expect((await administrators.byId(id))?.identity).toEqual(identity)

    await session(store, id, 'full', new Date(Date.now() + 60_000))
    await store.sessions.create({
      ...{ stage: 'factor', tokenHash: 'half', administratorId: id, identity },
      ...{ expiresAt: new Date(Date.now() + 60_000), address: '192.0.2.1', userAgent: 'test' },
    })
    expect((await store.sessions.find('half'))?.identity).toEqual(identity)
    expect(await administrators.forgetIdentity(id, actor)).toBe(true)
    expect(await administrators.forgetIdentity(id, actor)).toBe(false)
    expect(await store.sessions.find('half')).toBeNull()
    expect(await store.sessions.find('full')).not.toBeNull()
    expect(await administrators.noteSignIn(other.id, actor, ['openid-connect'], identity)).toBe(true)
  })
})
