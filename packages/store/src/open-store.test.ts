import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
} from '../test/data-folder.ts'
import { openStore } from './index.ts'
import type { StoreRooms } from './types.ts'

async function closedStore(): Promise<string> {
  const dataDir = dataFolder()
  const store = await openStore({ dataDir })
  await store.close()
  return dataDir
}

/** The database's content, without what SQLite rewrites when it is merely opened. */
function dump(path: string): string {
  const database = new Database(path)
  try {
    const tables = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
    return JSON.stringify(tables.map((table) => [table, database.prepare(`SELECT * FROM "${table}"`).all()]))
  } finally {
    database.close()
  }
}

describe('opening the store', () => {
  it('makes folder, database and key, which are for the server’s account alone', async () => {
    const dataDir = join(dataFolder(), 'below', 'data')
    await testStore(dataDir)
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    expect(statSync(join(dataDir, 'sallyport.key')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(dataDir, 'sallyport.key'), 'utf8')).toMatch(/^[\w-]{43}\n$/)
  })

  it('finds everything again the next time', async () => {
    const dataDir = dataFolder()
    const first = await openStore({ dataDir })
    const user = made(await first.users.create(userFields('alice'), actor))
    made(
      await first.oathTokens.create(
        { ...tokenFields('T1', { userId: user.id }), secret: Buffer.from('k'.repeat(20)) },
        actor,
      ),
    )
    made(await first.radiusClients.create({ ...clientFields(), sharedSecret: secret }, actor))
    await first.close()
    const second = await testStore(dataDir)
    expect(await second.counts()).toEqual({ users: 1, clients: 1, tokens: 1 })
    const [token] = (await second.oathTokens.list({ limit: 1 })).rows
    expect(Buffer.from((await second.oathTokens.secret(token?.id ?? '')) ?? []).toString()).toBe('k'.repeat(20))
  })

  it('refuses a file that is not a database, and leaves it alone', async () => {
    const dataDir = dataFolder()
    writeFileSync(join(dataDir, 'sallyport.db'), 'Dear diary, '.repeat(1000))
    await expect(openStore({ dataDir })).rejects.toMatchObject({
      code: 'not-a-database',
      message: expect.stringContaining('sallyport.db') as string,
    })
    expect(readFileSync(join(dataDir, 'sallyport.db'), 'utf8')).toBe('Dear diary, '.repeat(1000))
    expect(existsSync(join(dataDir, 'sallyport.key'))).toBe(false)
  })

  it('refuses the database of another program', async () => {
    const dataDir = dataFolder()
    new Database(join(dataDir, 'sallyport.db')).exec('CREATE TABLE recipes (name TEXT)').close()
    await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'not-a-database' })
  })

  it('refuses a database that nobody may write', async () => {
    const dataDir = await closedStore()
    chmodSync(join(dataDir, 'sallyport.db'), 0o444)
    await expect(openStore({ dataDir })).rejects.toMatchObject({
      code: 'read-only',
      message: expect.stringContaining('sallyport.db cannot be written') as string,
    })
  })

  it('refuses a database that a later release has changed, naming the migration', async () => {
    const dataDir = await closedStore()
    const path = join(dataDir, 'sallyport.db')
    const database = new Database(path)
    database.exec(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'y', '29991231235959_later', 1)",
    )
    database.close()
    const before = dump(path)
    await expect(openStore({ dataDir })).rejects.toMatchObject({
      code: 'newer-version',
      message: expect.stringContaining('29991231235959_later') as string,
    })
    expect(dump(path)).toBe(before)
  })

  it('never makes a new key for a database that was sealed with another', async () => {
    const dataDir = await closedStore()
    rmSync(join(dataDir, 'sallyport.key'))
    await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'key-missing' })
    expect(existsSync(join(dataDir, 'sallyport.key'))).toBe(false)
  })

  it.each([
    ['another key', Buffer.alloc(32, 7).toString('base64url')],
    ['no key at all', 'keep out'],
  ])('refuses a key file that holds %s', async (_, content) => {
    const dataDir = await closedStore()
    writeFileSync(join(dataDir, 'sallyport.key'), content)
    await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'key-wrong' })
  })

  it('goes on where a first start was cut off between key and database', async () => {
    const dataDir = await closedStore()
    for (const name of ['sallyport.db', 'sallyport.db-wal', 'sallyport.db-shm'])
      rmSync(join(dataDir, name), { force: true })
    const key = readFileSync(join(dataDir, 'sallyport.key'), 'utf8')
    await testStore(dataDir)
    expect(readFileSync(join(dataDir, 'sallyport.key'), 'utf8')).toBe(key)
  })

  it('keeps no secret in any file of the data folder as it was typed', async () => {
    const dataDir = dataFolder()
    const store = await testStore(dataDir)
    const plain = ['shared-secret-in-clear', 'token-secret-in-clear', 'bind-password-in-clear']
    made(await store.radiusClients.create({ ...clientFields(), sharedSecret: plain[0] ?? '' }, actor))
    made(await store.oathTokens.create({ ...tokenFields('T1'), secret: Buffer.from(plain[1] ?? '') }, actor))
    const queryBind = { kind: 'simple', dn: 'cn=reader', password: plain[2] ?? '' } as const
    made(await store.settings.changeLdap({ ...(await store.settings.ldap()), queryBind }, actor))
    const files = ['sallyport.db', 'sallyport.db-wal'].map((name) => readFileSync(join(dataDir, name)))
    expect(files.some((file) => file.includes('cn=reader'))).toBe(true)
    for (const text of plain) {
      for (const form of ['utf8', 'hex', 'base64', 'base64url'] as const) {
        const needle = form === 'utf8' ? text : Buffer.from(text).toString(form).replace(/=+$/, '')
        expect(files.some((file) => file.includes(needle))).toBe(false)
      }
    }
  })
})

it('what is changed inside one transaction is there as a whole, or not at all', async () => {
  const store = await testStore()
  const add = (rooms: StoreRooms, address: string) =>
    rooms.radiusClients.create({ ...clientFields({ address }), sharedSecret: secret }, actor)
  const failing = store.inTransaction(async (rooms) => {
    made(await add(rooms, '192.0.2.1'))
    expect(await rooms.radiusClients.list()).toHaveLength(1)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await store.radiusClients.list()).toEqual([])
  await store.inTransaction(async (rooms) => {
    made(await add(rooms, '192.0.2.1'))
    made(await add(rooms, '192.0.2.2'))
  })
  expect(await store.radiusClients.list()).toHaveLength(2)
  expect(await store.audit.firstBroken()).toBeNull()
})
