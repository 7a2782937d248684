import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
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
import { openJournal, openMover } from '../engine.ts'
import { dataPaths } from '../paths.ts'
import { createBackup } from './create-backup.ts'
import { restoreBackup } from './restore-backup.ts'

const passphrase = 'a passphrase of the tests'
const version = '1.2.3'
const seed = Buffer.from('12345678901234567890')

/** A data folder with something of everything, and a place for its backup. */
async function furnished() {
  const dataDir = dataFolder()
  const store = await testStore(dataDir)
  const client = made(await store.radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
  const user = made(await store.users.create(userFields('alice'), actor))
  made(await store.oathTokens.create({ ...tokenFields('one', { userId: user.id }), secret: seed, type: 'totp' }, actor))
  return { dataDir, store, client, user, path: join(dataFolder(), 'backup') }
}

function backedUp(dataDir: string, path: string) {
  return createBackup({ dataDir, path, passphrase, version })
}

describe('a backup', () => {
  it('becomes a data folder with the same people, clients, secrets and audit trail', async () => {
    const { dataDir, path, client } = await furnished()
    const { contents } = backedUp(dataDir, path)
    expect(contents).toMatchObject({ users: 1, tokens: 1, clients: 1, auditEntries: 3, auditBrokenAt: null })
    const other = join(dataFolder(), 'restored')
    expect(restoreBackup({ path, dataDir: other, passphrase })).toMatchObject({ version, contents })
    const restored = await testStore(other)
    const { sharedSecret } = (await restored.radiusClients.forTest(client.id)) ?? {}
    expect(sharedSecret === undefined ? '' : Buffer.from(sharedSecret).toString()).toBe(secret)
    expect((await restored.users.list({ limit: 9, sort: 'username', direction: 'ascending' })).total).toBe(1)
    expect(await restored.audit.firstBroken()).toBeNull()
    expect(statSync(dataPaths(other).key).mode & 0o777).toBe(0o600)
  })

  it('holds what was acknowledged and not moved yet, and the restored journal goes on behind it', async () => {
    const { dataDir, path } = await furnished()
    const journal = openJournal({ dataDir })
    journal.append([{ kind: 'sign-in', signIn: signInRecord({ id: 'before' }) }])
    expect(backedUp(dataDir, path).contents.signIns).toBe(1)
    journal.close()
    const other = join(dataFolder(), 'restored')
    restoreBackup({ path, dataDir: other, passphrase })
    const later = openJournal({ dataDir: other })
    later.append([{ kind: 'sign-in', signIn: signInRecord({ id: 'after' }) }])
    later.close()
    const mover = openMover({ dataDir: other })
    while (mover.move(1000) > 0);
    mover.close()
    const database = new Database(dataPaths(other).database)
    expect(database.prepare('SELECT id FROM SignIn ORDER BY sequence').pluck().all()).toEqual(['before', 'after'])
    database.close()
  })

  it('is whole while another process appends and moves all the time', { timeout: 60_000 }, async () => {
    const { dataDir, path } = await furnished()
    const script = fileURLToPath(new URL('../../test/append-until-killed.ts', import.meta.url))
    // A file and no pipe: a full pipe would stop the other process while this one makes the backup.
    const said = join(dataFolder(), 'acknowledged')
    const output = openSync(said, 'w')
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, dataDir], {
      stdio: ['ignore', output, 'inherit'],
    })
    const exited = once(child, 'exit')
    closeSync(output)
    const lines = () => readFileSync(said, 'latin1').split('\n').slice(0, -1)
    while (lines().length < 100 && child.exitCode === null) await delay(20)
    const before = lines()
    backedUp(dataDir, path)
    const after = lines()
    child.kill('SIGKILL')
    expect(await exited).toEqual([null, 'SIGKILL'])
    const database = new Database(path, { readonly: true })
    const ids = database.prepare<[], string>('SELECT id FROM SignIn ORDER BY sequence').pluck().all()
    const sessions = new Set(database.prepare<[], string>('SELECT sessionId FROM VpnSession').pluck().all())
    database.close()
    expect(before.length).toBeGreaterThanOrEqual(100)
    expect(after.length).toBeGreaterThan(before.length)
    expect(ids.slice(0, before.length)).toEqual(before)
    expect(new Set(ids).size).toBe(ids.length)
    expect(before.filter((id) => !sessions.has(id))).toEqual([])
  })

  it('brings nothing back that may have been spent since', async () => {
    const { dataDir, path, store, user } = await furnished()
    const expiresAt = new Date(Date.now() + 3_600_000)
    await store.enrolmentLinks.create({ tokenHash: 'hash', userId: user.id, expiresAt }, actor)
    await store.people.giveBypass(user.id, { reason: 'forgot the phone', seconds: 3600 }, actor)
    backedUp(dataDir, path)
    const other = join(dataFolder(), 'restored')
    restoreBackup({ path, dataDir: other, passphrase })
    const restored = await testStore(other)
    expect(await restored.enrolmentLinks.spend('hash', '192.0.2.1')).toBeNull()
    expect((await restored.people.standing(user.id))?.bypasses).toEqual([])
  })

  it('without the key opens with the key file that lies in the data folder, and with no other', async () => {
    const { dataDir, path } = await furnished()
    createBackup({ dataDir, path, passphrase: null, version })
    const other = dataFolder()
    const restore = () => restoreBackup({ path, dataDir: other, passphrase: null })
    expect(restore).toThrow(expect.objectContaining({ code: 'key-missing' }))
    const { key } = dataPaths(other)
    writeFileSync(key, `${Buffer.alloc(32, 7).toString('base64url')}\n`)
    expect(restore).toThrow(expect.objectContaining({ code: 'key-wrong' }))
    expect(readdirSync(other)).toEqual(['sallyport.key'])
    copyFileSync(dataPaths(dataDir).key, key)
    restore()
    await testStore(other)
  })
})

describe('a backup is not made', () => {
  it('over another file, with a short passphrase, or of a folder without a database', async () => {
    const { dataDir, path } = await furnished()
    expect(() => createBackup({ dataDir, path, passphrase: 'too short', version })).toThrow('12 characters')
    expect(() => backedUp(dataFolder(), path)).toThrow(expect.objectContaining({ code: 'not-a-database' }))
    backedUp(dataDir, path)
    const before = readFileSync(path)
    expect(() => backedUp(dataDir, path)).toThrow(expect.objectContaining({ code: 'backup-exists' }))
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(join(path, '..'))).toEqual(['backup'])
  })
})

describe('a backup is not restored', () => {
  it('with another passphrase', async () => {
    const { dataDir, path } = await furnished()
    backedUp(dataDir, path)
    const other = dataFolder()
    expect(() => restoreBackup({ path, dataDir: other, passphrase: 'another passphrase' })).toThrow(
      expect.objectContaining({ code: 'key-wrong' }),
    )
    expect(readdirSync(other)).toEqual([])
  })

  it('over a database that is there', async () => {
    const { dataDir, path } = await furnished()
    backedUp(dataDir, path)
    expect(() => restoreBackup({ path, dataDir, passphrase })).toThrow(
      expect.objectContaining({ code: 'folder-in-use' }),
    )
  })

  it.each([
    ['another file', (path: string) => writeFileSync(path, 'not a database at all')],
    [
      'a database of another program',
      (path: string) => {
        rmSync(path)
        new Database(path).exec('CREATE TABLE Other (a)').close()
      },
    ],
    ['a file that was cut off', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 40_000))],
    [
      'a file that was damaged in the middle',
      (path: string) => {
        const file = readFileSync(path)
        writeFileSync(path, file.fill(0xff, 20_000, 60_000))
      },
    ],
  ])('from %s', async (_, damage) => {
    const { dataDir, path } = await furnished()
    backedUp(dataDir, path)
    damage(path)
    const other = dataFolder()
    expect(() => restoreBackup({ path, dataDir: other, passphrase })).toThrow(
      expect.objectContaining({ code: 'not-a-backup' }),
    )
    expect(existsSync(dataPaths(other).database)).toBe(false)
    expect(readdirSync(other)).toEqual([])
  })
})
