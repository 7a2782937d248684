import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  actor,
  clientFields,
  dataFolder,
  made,
  secret,
  testStore,
  tokenFields,
  userFields,
} from '../../test/data-folder.ts'
import { signInRecord } from '../../test/sign-in-record.ts'
import { openEngineReader, openJournal, openMover, type JournalRecord, type SignInRecord } from '../engine.ts'
import type { Store } from '../index.ts'

interface Site {
  readonly dataDir: string
  readonly store: Store
}

async function site(): Promise<Site> {
  const dataDir = dataFolder()
  return { dataDir, store: await testStore(dataDir) }
}

function reader({ dataDir }: Site) {
  const opened = openEngineReader({ dataDir })
  onTestFinished(() => opened.close())
  return opened
}

/** Appends each list as a group of its own, and moves them all. */
function record({ dataDir }: Site, ...groups: JournalRecord[][]): void {
  append(dataDir, groups)
  const mover = openMover({ dataDir })
  expect(mover.move(1000)).toBe(0)
  mover.close()
}

function append(dataDir: string, groups: JournalRecord[][]): void {
  const journal = openJournal({ dataDir })
  for (const group of groups) journal.append(group)
  journal.close()
}

const signIn = (fields: Partial<SignInRecord> = {}): JournalRecord => ({
  kind: 'sign-in',
  signIn: signInRecord(fields),
})

describe('the engine’s reader', () => {
  it('reads the settings as the main thread saved them, secrets open', async () => {
    const here = await site()
    const { store } = here
    const engine = reader(here)
    expect(engine.radius()).toEqual(await store.settings.radius())
    expect(engine.ldap()).toMatchObject({ configured: false })
    const radius = { enabled: true, authenticationPorts: [1812], accountingPorts: [], accountingSilenceHours: 12 }
    await store.settings.changeRadius({ ...radius, version: 1 }, actor)
    await store.settings.changeTarget({ kind: 'ldap', version: 1 }, actor)
    await store.settings.changeLdap(
      { ...(await store.settings.ldap()), queryBind: { kind: 'simple', dn: 'cn=x', password: 'bind me' } },
      actor,
    )
    expect(engine.radius()).toEqual({ ...radius, version: 2 })
    expect(engine.target()).toEqual({ kind: 'ldap', version: 2 })
    expect(engine.ldap()).toEqual(await store.settings.ldap())
    expect(engine.ldap()).toMatchObject({ configured: true, queryBind: { password: 'bind me' } })
  })

  it('reads the enabled clients only', async () => {
    const here = await site()
    made(await here.store.radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
    const other = clientFields({ address: '192.0.2.11', enabled: false })
    made(await here.store.radiusClients.create({ ...other, sharedSecret: secret }, actor))
    expect(reader(here).clients()).toEqual([
      expect.objectContaining({
        address: '192.0.2.10',
        sharedSecret: secret,
        requireUserMatch: false,
        canBeChallenged: true,
        messageAuthenticatorSeen: false,
      }),
    ])
  })

  it('reads every user with their tokens, across pieces, and one as it stands now', async () => {
    const here = await site()
    const { store } = here
    const many = Array.from({ length: 2500 }, (_, number) => userFields(`user${number}`))
    const { ids } = await store.users.createMany(many, actor)
    const owner = ids[1700] ?? ''
    for (const serial of ['B', 'A']) {
      made(
        await store.oathTokens.create(
          { ...tokenFields(serial, { userId: owner }), secret: Buffer.alloc(20, 1) },
          actor,
        ),
      )
    }
    const engine = reader(here)
    const users = [...engine.users()]
    expect(users.map(({ id }) => id)).toEqual([...ids].sort())
    expect(users.filter(({ tokens }) => tokens.length > 0).map(({ id }) => id)).toEqual([owner])
    const user = engine.user(owner)
    expect(user).toMatchObject({ username: 'user1700', enabled: true, factorLockedUntil: null, factorFailures: [] })
    const [token] = user?.tokens ?? []
    expect(user?.tokens.map(({ serialNumber }) => serialNumber)).toEqual(['A', 'B'])
    expect(token && engine.unsealToken(token)).toEqual(Buffer.alloc(20, 1))
    expect(engine.user('nobody')).toBeUndefined()
  })
})

describe('a moved record', () => {
  it('of a sign-in makes one row of its rounds: begun by the first, ended by the last', async () => {
    const here = await site()
    const user = made(await here.store.users.create(userFields('alice'), actor))
    const first = { id: randomUUID(), atMs: 1_000_000, roundAtMs: 1_000_100, userId: user.id, userName: 'alice' }
    record(
      here,
      [signIn({ ...first, result: 'challenged', reason: 'code-requested', roundJson: '[1]' })],
      [
        signIn({
          ...first,
          atMs: 1_090_000,
          roundAtMs: 1_090_000,
          roundNumber: 2,
          durationMs: 90,
          roundJson: '[2]',
        }),
      ],
    )
    const page = await here.store.signIns.list({}, { limit: 10 })
    expect(page.rows).toEqual([
      expect.objectContaining({
        at: new Date(1_000_000).toISOString(),
        result: 'accepted',
        reason: 'password-and-code',
        durationMs: 90,
        user: { id: user.id, username: 'alice' },
      }),
    ])
    const details = await here.store.signIns.byId(page.rows[0]?.id ?? '')
    expect(details?.rounds).toEqual(['[1]', '[2]'])
    expect(await here.store.signIns.minutes(new Date(0))).toEqual([
      { minute: new Date(960_000), result: 'challenged', reason: 'code-requested', count: 1 },
      { minute: new Date(1_080_000), result: 'accepted', reason: 'password-and-code', count: 1 },
    ])
    expect((await here.store.users.byId(user.id))?.lastSignInAt).toEqual(new Date(1_090_000))
  })

  it('of a used code never takes the token’s last step back', async () => {
    const here = await site()
    const token = made(await here.store.oathTokens.create({ ...tokenFields('A'), secret: Buffer.alloc(20) }, actor))
    const used = (step: number, drift?: number): JournalRecord => ({
      ...{ kind: 'oath-used', tokenId: token.id, step, atMs: step * 30_000, ...(drift !== undefined && { drift }) },
    })
    record(here, [used(58_000_001, 0.75)], [used(58_000_000, -3)])
    expect(await here.store.oathTokens.byId(token.id)).toMatchObject({
      lastUsedStep: 58_000_001,
      driftSteps: 0.75,
      lastUsedAt: new Date(58_000_001 * 30_000),
    })
  })

  it('of a challenge opens, changes and closes it', async () => {
    const here = await site()
    const expiresAtMs = Date.now() + 300_000
    const challenge = (state: string, body: string) => ({ state, expiresAtMs, body })
    record(here, [
      { kind: 'challenge-opened', challenge: challenge('one', '{"tries":3}') },
      { kind: 'challenge-opened', challenge: challenge('two', '{"tries":3}') },
      { kind: 'challenge-changed', challenge: challenge('two', '{"tries":2}') },
      { kind: 'challenge-closed', state: 'one' },
    ])
    const engine = reader(here)
    expect(engine.challenges(expiresAtMs - 1)).toEqual([challenge('two', '{"tries":2}')])
    expect(engine.challenges(expiresAtMs)).toEqual([])
  })

  it('of a challenge goes when the challenge has expired', async () => {
    const here = await site()
    const challenge = (state: string, expiresAtMs: number) => ({ state, expiresAtMs, body: '{}' })
    append(here.dataDir, [
      [
        { kind: 'challenge-opened', challenge: challenge('expired', 5000) },
        { kind: 'challenge-opened', challenge: challenge('open', 6000) },
      ],
    ])
    const mover = openMover({ dataDir: here.dataDir, clock: () => 5500 })
    mover.move(10)
    mover.close()
    expect(reader(here).challenges(0)).toEqual([challenge('open', 6000)])
  })

  it('of wrong codes locks the second factor until then', async () => {
    const here = await site()
    const user = made(await here.store.users.create(userFields('alice'), actor))
    const lockedUntilMs = Date.now() + 60_000
    record(here, [{ kind: 'factor-failures', userId: user.id, failures: [1, 2, 3], lockedUntilMs }])
    expect(reader(here).user(user.id)).toMatchObject({ factorLockedUntil: lockedUntilMs, factorFailures: [1, 2, 3] })
    expect((await here.store.users.byId(user.id))?.factorLockedUntil).toEqual(new Date(lockedUntilMs))
    made(await here.store.users.unlockFactor(user.id, actor))
    expect(reader(here).user(user.id)).toMatchObject({ factorLockedUntil: null, factorFailures: [] })
  })

  it('of a client notes when it was last heard, and what it showed of itself first', async () => {
    const here = await site()
    const client = made(await here.store.radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
    type Seen = Extract<JournalRecord, { kind: 'client-seen' }>
    const seen = (atMs: number, signs: Partial<Seen>): JournalRecord => ({
      ...{ kind: 'client-seen', clientId: client.id, atMs, messageAuthenticator: false, proxyState: false },
      ...{ method: 'pap' as const, ...signs },
    })
    record(here, [seen(1000, {})], [seen(2000, { messageAuthenticator: true })], [seen(3000, { proxyState: true })])
    record(here, [seen(4000, { messageAuthenticator: true, proxyState: true, method: 'ms-chap' })])
    record(here, [seen(5000, { method: 'none' })])
    expect(await here.store.radiusClients.list()).toEqual([
      expect.objectContaining({
        lastSeenAt: new Date(5000),
        messageAuthenticatorSeenAt: new Date(2000),
        proxyStateSeenAt: new Date(3000),
        methodsSeen: ['pap', 'ms-chap'],
        version: 1,
      }),
    ])
  })
})

describe('the mover', () => {
  it('applies each group once, however often it comes to it', async () => {
    const here = await site()
    append(
      here.dataDir,
      Array.from({ length: 5 }, () => [signIn({ roundAtMs: 0 })]),
    )
    record(here)
    record(here)
    expect((await here.store.signIns.minutes(new Date(0))).map(({ count }) => count)).toEqual([5])
  })

  it('moves no more groups than asked, and says how many are left', async () => {
    const here = await site()
    append(
      here.dataDir,
      Array.from({ length: 7 }, () => [signIn()]),
    )
    const mover = openMover({ dataDir: here.dataDir })
    expect(mover.move(3)).toBe(4)
    expect(mover.move(100)).toBe(0)
    mover.close()
    expect((await here.store.signIns.list({}, { limit: 10 })).total).toBe(7)
  })

  it('lets the journal forget what it moved, with the next appends or while nothing happens', async () => {
    const here = await site()
    append(
      here.dataDir,
      Array.from({ length: 30 }, () => [signIn()]),
    )
    record(here)
    const mover = openMover({ dataDir: here.dataDir })
    const journal = openJournal({ dataDir: here.dataDir })
    const rows = new Database(join(here.dataDir, 'journal.db'), { readonly: true })
    const left = () => rows.prepare<[], number>('SELECT count(*) FROM JournalGroup').pluck().get()
    expect(mover.movedUpTo()).toBe(30)
    journal.forget(mover.movedUpTo())
    journal.append([signIn()])
    expect(left()).toBe(23)
    while (journal.tidy());
    expect(left()).toBe(1)
    expect(mover.move(10)).toBe(0)
    expect(mover.movedUpTo()).toBe(31)
    rows.close()
    journal.close()
    mover.close()
  })

  it('leaves a group out altogether when a record of it cannot be applied', async () => {
    const here = await site()
    append(here.dataDir, [[signIn(), { kind: 'sign-in', signIn: { id: 'x' } as SignInRecord }]])
    const mover = openMover({ dataDir: here.dataDir })
    onTestFinished(() => mover.close())
    expect(() => mover.move(10)).toThrow()
    expect((await here.store.signIns.list({}, { limit: 10 })).total).toBe(0)
  })

  it('comes back later when the database is busy', async () => {
    const here = await site()
    append(here.dataDir, [[signIn()]])
    const other = new Database(join(here.dataDir, 'sallyport.db'))
    other.exec('BEGIN IMMEDIATE')
    const mover = openMover({ dataDir: here.dataDir })
    expect(mover.move(10)).toBe(1)
    other.exec('ROLLBACK')
    other.close()
    expect(mover.move(10)).toBe(0)
    mover.close()
  })
})

describe('the journal', () => {
  it('gives no number out twice, not even a new file beside an old database', async () => {
    const here = await site()
    record(here, [signIn()], [signIn()])
    const file = new Database(join(here.dataDir, 'journal.db'))
    file.exec('DROP TABLE JournalGroup')
    file.close()
    record(here, [signIn()])
    expect((await here.store.signIns.list({}, { limit: 10 })).total).toBe(3)
  })
})
