/**
 * Prisma's adapter for better-sqlite3, repaired: its transactions begin as writers, nobody else's statement gets into them,
 * a busy database is asked again instead of blocking the thread, and a commit is on disk when it returns.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import {
  DriverAdapterError,
  isDriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type Transaction,
} from '@prisma/driver-adapter-utils'
import { createTurns, type TakeTurn } from './turns.ts'

/** How long one attempt may block the thread; how long a writer waits in all; the pause between attempts. */
const attemptMs = 5
const patienceMs = 15_000
const pauseMs = 5

const pragmas = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = ${attemptMs}`

/** @param path the database file */
export function createSafeAdapter(path: string): SqlMigrationAwareDriverAdapterFactory {
  const inner = new PrismaBetterSqlite3({ url: path, timeout: attemptMs }, { timestampFormat: 'unixepoch-ms' })
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    connect: async () => repair(await inner.connect()),
    connectToShadowDb: () => inner.connectToShadowDb(),
  }
}

async function repair(connection: SqlDriverAdapter): Promise<SqlDriverAdapter> {
  await connection.executeScript(pragmas)
  const takeTurn = createTurns()
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const endTurn = await takeTurn()
    try {
      return await untilFree(work)
    } finally {
      endTurn()
    }
  }
  return {
    provider: connection.provider,
    adapterName: connection.adapterName,
    queryRaw: (query) => inTurn(() => connection.queryRaw(query)),
    executeRaw: (query) => inTurn(() => connection.executeRaw(query)),
    executeScript: (script) => inTurn(() => connection.executeScript(script)),
    startTransaction: (level) => begin(connection, takeTurn, level),
    dispose: () => inTurn(() => connection.dispose()),
  }
}

/** The turn lasts until commit or rollback: Prisma executes COMMIT or ROLLBACK itself, and then calls the one or the other. */
async function begin(connection: SqlDriverAdapter, takeTurn: TakeTurn, level?: IsolationLevel): Promise<Transaction> {
  if (level !== undefined && level !== 'SERIALIZABLE') {
    throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level })
  }
  const endTurn = await takeTurn()
  try {
    await untilFree(() => connection.executeScript('BEGIN IMMEDIATE'))
  } catch (error) {
    endTurn()
    throw error
  }
  const execute = (sql: string) => connection.executeScript(sql)
  return {
    provider: connection.provider,
    adapterName: connection.adapterName,
    options: { usePhantomQuery: false },
    queryRaw: (query: SqlQuery) => connection.queryRaw(query),
    executeRaw: (query: SqlQuery) => connection.executeRaw(query),
    createSavepoint: (name) => execute(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => execute(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name) => execute(`RELEASE SAVEPOINT ${name}`),
    commit: () => {
      endTurn()
      return Promise.resolve()
    },
    rollback: async () => {
      // A COMMIT that failed (disk full) leaves the transaction open; after Prisma's own ROLLBACK there is none to end.
      await ignoringFailure(() => execute('ROLLBACK'))
      endTurn()
    },
  }
}

async function ignoringFailure(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch {
    // What it was to undo is undone.
  }
}

async function untilFree<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
    }
    await delay(pauseMs)
  }
}

function isBusy(error: unknown): boolean {
  return isDriverAdapterError(error) && error.cause.kind === 'SocketTimeout'
}
