import { setImmediate as nextTick } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dataFolder, testStore } from '../../test/data-folder.ts'
import { PrismaClient } from '../generated/client.ts'
import { dataPaths } from '../paths.ts'
import { createSafeAdapter } from './safe-adapter.ts'

const at = new Date('2026-01-02T03:04:05.678Z')
const setting = (name: string) => ({ name, value: '{}', updatedAt: at })

async function connections() {
  const dataDir = dataFolder()
  await testStore(dataDir)
  const path = dataPaths(dataDir).database
  const prisma = new PrismaClient({ adapter: createSafeAdapter(path) })
  const other = new Database(path, { timeout: 0 })
  onTestFinished(async () => {
    other.close()
    await prisma.$disconnect()
  })
  const has = (name: string) => other.prepare('SELECT 1 FROM Setting WHERE name = ?').get(name) !== undefined
  return { prisma, other, has }
}

describe('Prisma on SQLite, repaired', () => {
  it('keeps a stranger’s statement out of an open transaction, and so out of its rollback', async () => {
    const { prisma, has } = await connections()
    let stranger: Promise<unknown> = Promise.resolve()
    const transaction = prisma.$transaction(async (tx) => {
      await tx.setting.create({ data: setting('inside') })
      stranger = prisma.setting.create({ data: setting('stranger') })
      await Promise.race([stranger, nextTick().then(() => nextTick())])
      throw new Error('rolled back')
    })
    await expect(transaction).rejects.toThrow('rolled back')
    await stranger
    expect([has('inside'), has('stranger')]).toEqual([false, true])
  })

  it('lets a transaction write after it has read, whoever else wants to write', async () => {
    const { prisma, other, has } = await connections()
    await prisma.$transaction(async (tx) => {
      await tx.setting.count()
      expect(() => other.exec("UPDATE Setting SET value = '1'")).toThrow(/locked/)
      await tx.setting.create({ data: setting('after reading') })
    })
    expect(has('after reading')).toBe(true)
  })

  it.each([
    ['a statement', (prisma: PrismaClient) => prisma.setting.create({ data: setting('late') })],
    [
      'a transaction',
      (prisma: PrismaClient) => prisma.$transaction((tx) => tx.setting.create({ data: setting('late') })),
    ],
  ])('waits for another writer without blocking the thread: %s', async (_, write) => {
    const { prisma, other, has } = await connections()
    await prisma.setting.count()
    other.exec('BEGIN IMMEDIATE')
    const writing = write(prisma)
    const started = performance.now()
    // Six attempts' worth of time: while it waits, this test goes on.
    while (performance.now() - started < 60) await nextTick()
    expect(has('late')).toBe(false)
    other.exec('COMMIT')
    await writing
    expect(has('late')).toBe(true)
  })

  it('commits to the disk, in WAL mode, with foreign keys enforced', async () => {
    const { prisma } = await connections()
    expect(await prisma.$queryRaw`PRAGMA synchronous`).toEqual([{ synchronous: 2n }])
    expect(await prisma.$queryRaw`PRAGMA journal_mode`).toEqual([{ journal_mode: 'wal' }])
    expect(await prisma.$queryRaw`PRAGMA foreign_keys`).toEqual([{ foreign_keys: 1n }])
  })

  it('keeps times as whole milliseconds', async () => {
    const { prisma, other } = await connections()
    await prisma.setting.create({ data: setting('timed') })
    const stored = other.prepare("SELECT updatedAt, typeof(updatedAt) AS type FROM Setting WHERE name = 'timed'").get()
    expect(stored).toEqual({ updatedAt: at.getTime(), type: 'integer' })
    expect(await prisma.setting.findUnique({ where: { name: 'timed' } })).toMatchObject({ updatedAt: at })
  })

  it('goes on after a commit that failed', async () => {
    const { prisma, has } = await connections()
    const session = { tokenHash: 'x', createdAt: at, lastSeenAt: at, expiresAt: at, address: '', userAgent: '' }
    const refused = prisma.$transaction(async (tx) => {
      await tx.$executeRaw`PRAGMA defer_foreign_keys = ON`
      await tx.session.create({ data: { ...session, administratorId: 'nobody' } })
    })
    await expect(refused).rejects.toThrow(/ForeignKey/)
    await prisma.setting.create({ data: setting('afterwards') })
    expect(has('afterwards')).toBe(true)
    expect(await prisma.session.count()).toBe(0)
  })
})
