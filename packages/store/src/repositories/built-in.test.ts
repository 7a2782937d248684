import { describe, expect, it, onTestFinished } from 'vitest'
import { actor, dataFolder, made, testStore, userFields } from '../../test/data-folder.ts'
import { openEngineReader, openJournal, openMover, type JournalRecord } from '../engine.ts'

const ntHash = Uint8Array.from({ length: 16 }, (_, index) => index)
const password = { hash: '$argon2id$one', ntHash, mustChange: false }

async function site() {
  const dataDir = dataFolder()
  let nowMs = 1_000_000
  const store = await testStore(dataDir, () => new Date(nowMs))
  const engine = openEngineReader({ dataDir })
  onTestFinished(() => engine.close())
  const allow = async (allowMschapV2: boolean) => {
    const settings = await store.builtIn.settings()
    return made(await store.builtIn.changeSettings({ ...settings, allowMschapV2 }, actor))
  }
  const record = (...records: JournalRecord[]) => {
    const journal = openJournal({ dataDir })
    journal.append(records)
    journal.close()
    const mover = openMover({ dataDir })
    mover.move(10)
    mover.close()
  }
  return { ...store, engine, allow, record, at: (ms: number) => (nowMs = ms) }
}

describe('the password of a built-in user', () => {
  it('is kept as one hash, without an NT hash, until MS-CHAPv2 is allowed and it is set again', async () => {
    const { users, builtIn, engine, allow } = await site()
    const { id, password: kept } = made(await users.create({ ...userFields('alice'), password }, actor))
    expect(kept).toEqual({ changedAt: new Date(1_000_000), mustChange: false, hasNtHash: false })
    expect(engine.password(id)).toMatchObject({ hash: '$argon2id$one', sealedNtHash: null, mustChange: false })
    await allow(true)
    expect(engine.password(id)?.sealedNtHash).toBeNull()
    expect(made(await builtIn.setPassword(id, password, actor)).password?.hasNtHash).toBe(true)
    const sealed = engine.password(id)?.sealedNtHash ?? ''
    expect(sealed).not.toContain(Buffer.from(ntHash).toString('base64url'))
    expect([...engine.unsealNtHash(id, sealed)]).toEqual([...ntHash])
    expect(() => engine.unsealNtHash('another', sealed)).toThrow()
  })

  it('loses its NT hash at once when MS-CHAPv2 is no longer allowed', async () => {
    const { users, builtIn, engine, allow } = await site()
    await allow(true)
    const { id } = made(await users.create({ ...userFields('alice'), password }, actor))
    expect(await builtIn.counts()).toEqual({ usersWithPassword: 1, usersWithNtHash: 1 })
    await allow(false)
    expect(engine.builtIn()).toEqual({ allowMschapV2: false, maximumAgeDays: null, version: 3 })
    expect(engine.password(id)).toMatchObject({ hash: '$argon2id$one', sealedNtHash: null })
    expect(await builtIn.counts()).toEqual({ usersWithPassword: 1, usersWithNtHash: 0 })
  })

  it('goes with its removal, and with its user', async () => {
    const { users, builtIn, engine } = await site()
    const [one, two] = [
      made(await users.create({ ...userFields('one'), password }, actor)),
      made(await users.create({ ...userFields('two'), password }, actor)),
    ]
    expect(made(await builtIn.removePassword(one.id, actor)).password).toBeNull()
    expect(engine.password(one.id)).toBeUndefined()
    made(await users.remove(two.id, two.version, actor))
    expect(engine.password(two.id)).toBeUndefined()
    expect(await builtIn.setPassword(two.id, password, actor)).toMatchObject({ problem: 'not-found' })
  })

  it('is in the audit trail as changed, and never by its value', async () => {
    const { users, builtIn, audit } = await site()
    const { id } = made(await users.create({ ...userFields('alice'), password }, actor))
    made(await builtIn.setPassword(id, { ...password, mustChange: true }, actor))
    const { rows } = await audit.list({ limit: 10 })
    expect(rows[0]).toMatchObject({ subjectName: 'alice', after: { password: '(changed)', mustChange: true } })
    expect(JSON.stringify(rows)).not.toContain('argon2id')
  })

  it('is what the user changed it to, unless an administrator set another one later', async () => {
    const { users, builtIn, engine, record, at } = await site()
    const { id } = made(
      await users.create({ ...userFields('alice'), password: { ...password, mustChange: true } }, actor),
    )
    const changed = { kind: 'password-changed', userId: id, hash: '$argon2id$two', sealedNtHash: 'sealed' } as const
    record({ ...changed, atMs: 2_000_000 })
    const now = { hash: '$argon2id$two', sealedNtHash: null, mustChange: false, changedAtMs: 2_000_000 }
    expect(engine.password(id)).toEqual(now)
    at(3_000_000)
    made(await builtIn.setPassword(id, { ...password, hash: '$argon2id$three' }, actor))
    record({ ...changed, atMs: 2_500_000 })
    expect(engine.password(id)?.hash).toBe('$argon2id$three')
  })
})
