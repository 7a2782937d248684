import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { accountingToForward } from '../../test/accounting-record.ts'
import { dataFolder, secret, testStore } from '../../test/data-folder.ts'
import { openEngineReader, openJournal, openMover, openOutboxReader, type AccountingToForward } from '../engine.ts'
import { dataPaths } from '../paths.ts'

const forward = (fields: Partial<AccountingToForward> = {}) =>
  ({ kind: 'accounting-to-forward', forward: accountingToForward(fields) }) as const

/** A data folder with these in its outbox, and both of its ends. */
async function outbox(...waiting: Partial<AccountingToForward>[]) {
  const dataDir = dataFolder()
  await testStore(dataDir)
  const journal = openJournal({ dataDir })
  journal.append(waiting.map(forward))
  journal.close()
  const mover = openMover({ dataDir })
  onTestFinished(() => mover.close())
  expect(mover.move(10)).toBe(0)
  const reader = openOutboxReader({ dataDir })
  onTestFinished(() => reader.close())
  return { dataDir, mover, reader }
}

it('what waits is read in its order, a page at a time, and each session by itself', async () => {
  const sessions = ['a', 'b', 'a', 'c', 'a']
  const { reader } = await outbox(...sessions.map((session, at) => ({ session, heardAtMs: 1_000 + at })))
  const page = reader.after(0, 2)
  expect(page.map(({ id, heardAtMs }) => [id, heardAtMs])).toEqual([
    [1, 1_000],
    [2, 1_001],
  ])
  expect(reader.after(2, 10).map(({ id }) => id)).toEqual([3, 4, 5])
  const key = page[0]?.sessionKey ?? 0
  expect(reader.ofSession(key, 1, 5, 10).map(({ id }) => id)).toEqual([1, 3, 5])
  expect(reader.ofSession(key, 2, 4, 10).map(({ id }) => id)).toEqual([3])
  expect([reader.oldestAtMs(), reader.lastId()]).toEqual([1_000, 5])
})

it('what was acknowledged is gone, and its number is never given out again', async () => {
  const { dataDir, mover, reader } = await outbox({}, {}, {})
  expect(mover.outboxRows()).toBe(3)
  expect(mover.removeForwarded([1, 3])).toBe(true)
  expect(mover.removeForwarded([1, 3])).toBe(true)
  expect(mover.outboxRows()).toBe(1)
  expect(mover.removeForwarded([2])).toBe(true)
  expect([reader.oldestAtMs(), reader.lastId()]).toEqual([null, 0])
  const journal = openJournal({ dataDir })
  journal.append([forward()])
  journal.close()
  expect(mover.move(10)).toBe(0)
  expect(reader.after(0, 10).map(({ id }) => id)).toEqual([4])
  expect(mover.outboxRows()).toBe(1)
})

it('while the database is busy nothing is removed, and that is said', async () => {
  const { dataDir, mover } = await outbox({})
  const other = new Database(dataPaths(dataDir).database)
  other.exec('BEGIN IMMEDIATE')
  expect(mover.removeForwarded([1])).toBe(false)
  other.exec('ROLLBACK')
  other.close()
  expect(mover.outboxRows()).toBe(1)
  expect(mover.removeForwarded([1])).toBe(true)
})

it('what is discarded goes in pieces, and what came later stays', async () => {
  const { mover, reader } = await outbox(...Array.from({ length: 1_203 }, () => ({})))
  expect([mover.discardOutbox(1_200), mover.outboxRows()]).toEqual([false, 703])
  expect([mover.discardOutbox(1_200), mover.outboxRows()]).toEqual([false, 203])
  expect([mover.discardOutbox(1_200), mover.outboxRows()]).toEqual([true, 3])
  expect(reader.after(0, 10).map(({ id }) => id)).toEqual([1_201, 1_202, 1_203])
})

it('a client’s secret that hidden attributes need lies sealed, and opens for its own client alone', async () => {
  const { dataDir, reader } = await outbox({})
  const engine = openEngineReader({ dataDir })
  onTestFinished(() => engine.close())
  const sealedSecret = engine.sealOutboxSecret('client', secret)
  expect(sealedSecret).not.toContain(secret)
  expect(Buffer.from(reader.secretOf({ clientId: 'client', sealedSecret }) ?? []).toString()).toBe(secret)
  expect(() => reader.secretOf({ clientId: 'other', sealedSecret })).toThrow()
  expect(reader.secretOf({ clientId: 'client', sealedSecret: null })).toBeUndefined()
})
