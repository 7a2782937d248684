import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { actor, dataFolder, made, testStore, tokenFields, userFields } from '../../test/data-folder.ts'
import { openStore } from '../index.ts'
import { dataPaths } from '../paths.ts'
import { noFilter, openSchemaEngine } from './schema-engine.ts'

const prismaFolder = fileURLToPath(new URL('../../../../prisma/', import.meta.url))
const schemaPath = join(prismaFolder, 'schema.prisma')
const schema = readFileSync(schemaPath, 'utf8')

/** Our migrations and one more. */
function migrationsWith(name: string, sql: string): string {
  const folder = dataFolder()
  cpSync(join(prismaFolder, 'migrations'), folder, { recursive: true })
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'migration.sql'), sql)
  return folder
}

function tables(path: string): string[] {
  const database = new Database(path)
  try {
    return database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  } finally {
    database.close()
  }
}

async function usedFolder(): Promise<string> {
  const dataDir = dataFolder()
  const store = await openStore({ dataDir })
  const user = made(await store.users.create(userFields('alice'), actor))
  made(await store.oathTokens.create({ ...tokenFields('T1', { userId: user.id }), secret: Buffer.alloc(20) }, actor))
  await store.close()
  return dataDir
}

describe('migrations', () => {
  it('make a database that equals the schema', async () => {
    const dataDir = dataFolder()
    await testStore(dataDir)
    const inner = new PrismaBetterSqlite3({ url: dataPaths(dataDir).database })
    const open: SqlDriverAdapter[] = []
    const engine = await openSchemaEngine({
      provider: inner.provider,
      adapterName: inner.adapterName,
      connect: async () => {
        const connection = await inner.connect()
        open.push(connection)
        return connection
      },
      connectToShadowDb: () => inner.connectToShadowDb(),
    })
    const files = [{ path: schemaPath, content: schema }]
    const difference = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: prismaFolder },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: noFilter,
    })
    for (const connection of open) await connection.dispose()
    engine.free()
    expect(open.length).toBeGreaterThan(0)
    expect(difference).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^-- This is an empty migration\.\s*$/) as string,
    })
  })

  it('have a snapshot of the schema that they lead to', () => {
    expect(readFileSync(join(prismaFolder, 'migrations', 'schema.snapshot.prisma'), 'utf8')).toBe(schema)
  })

  it('keep what is there, also where a table is made anew', async () => {
    const dataDir = await usedFolder()
    const redefineUser = `
      PRAGMA defer_foreign_keys=ON;
      PRAGMA foreign_keys=OFF;
      CREATE TABLE "new_User" AS SELECT * FROM "User";
      DROP TABLE "User";
      ALTER TABLE "new_User" RENAME TO "User";
      CREATE UNIQUE INDEX "User_id_key" ON "User"("id");
      PRAGMA foreign_keys=ON;
      PRAGMA defer_foreign_keys=OFF;`
    await (await openStore({ dataDir, migrationsDir: migrationsWith('29990101000000_redefine', redefineUser) })).close()
    const database = new Database(dataPaths(dataDir).database)
    const owners = database.prepare('SELECT username FROM OathToken JOIN User ON User.id = userId').all()
    database.close()
    expect(owners).toEqual([{ username: 'alice' }])
  })

  it('leave nothing half applied when one fails, and name it', async () => {
    const dataDir = await usedFolder()
    const { database } = dataPaths(dataDir)
    const before = tables(database)
    const migrationsDir = migrationsWith(
      '29990101000000_broken',
      'CREATE TABLE "One" (id INT);\nCREATE TABLE "One" (id INT);',
    )
    await expect(openStore({ dataDir, migrationsDir })).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringMatching(/sallyport\.db .*"?One"? already exists.*as it was before/) as string,
    })
    expect(tables(database)).toEqual(before)
    expect(await (await testStore(dataDir)).counts()).toEqual({ users: 1, clients: 0, tokens: 1 })
  })

  it('leave nothing half applied when rows would refer to rows that are gone', async () => {
    const dataDir = await usedFolder()
    const migrationsDir = migrationsWith('29990101000000_orphans', 'DELETE FROM "User";')
    await expect(openStore({ dataDir, migrationsDir })).rejects.toMatchObject({ code: 'migration-failed' })
    expect(await (await testStore(dataDir)).counts()).toEqual({ users: 1, clients: 0, tokens: 1 })
  })

  it('refuse a database whose history was written by other files', async () => {
    const dataDir = dataFolder()
    const migrationsDir = migrationsWith('29990101000000_mine', 'CREATE TABLE "Mine" (id INT);')
    await (await openStore({ dataDir, migrationsDir })).close()
    const edited = migrationsWith('29990101000000_mine', 'CREATE TABLE "Yours" (id INT);')
    await expect(openStore({ dataDir, migrationsDir: edited })).rejects.toMatchObject({ code: 'migration-failed' })
  })
})
