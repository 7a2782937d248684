/** Brings a database up to this release's schema: all that is missing in one transaction, or nothing. */
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { Migration } from './migration-files.ts'
import { noFilter, openSchemaEngine } from './schema-engine.ts'

/** Throws what the database or the schema engine said; the database is then as it was. */
export async function applyMigrations(path: string, migrations: readonly Migration[]): Promise<void> {
  const inner = new PrismaBetterSqlite3({ url: path, timeout: 10_000 }, { timestampFormat: 'unixepoch-ms' })
  const connection = await inner.connect()
  try {
    // Migrations redefine tables by copying them; enforced foreign keys would empty the children of a dropped parent.
    await connection.executeScript('PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE')
    const engine = await openSchemaEngine(onlyConnection(inner, connection))
    try {
      await engine.applyMigrations({ migrationsList: listOf(migrations), filters: noFilter })
    } finally {
      engine.free()
    }
    await refuseBrokenReferences(connection)
    await connection.executeScript('COMMIT')
  } finally {
    // Closing rolls back what was not committed.
    await connection.dispose()
  }
}

/** All that the engine does happens inside the transaction that is open on this connection. */
function onlyConnection(
  inner: PrismaBetterSqlite3,
  connection: SqlDriverAdapter,
): SqlMigrationAwareDriverAdapterFactory {
  const shared: SqlDriverAdapter = {
    provider: connection.provider,
    adapterName: connection.adapterName,
    queryRaw: (query) => connection.queryRaw(query),
    // The engine asks for exclusive locking as its own guard against a second migrator; the transaction is ours.
    executeRaw: (query) => (/locking_mode/i.test(query.sql) ? Promise.resolve(0) : connection.executeRaw(query)),
    executeScript: (script) => connection.executeScript(script),
    startTransaction: (level) => connection.startTransaction(level),
    dispose: () => Promise.resolve(),
  }
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    connect: () => Promise.resolve(shared),
    connectToShadowDb: () => inner.connectToShadowDb(),
  }
}

async function refuseBrokenReferences(connection: SqlDriverAdapter): Promise<void> {
  const { rows } = await connection.queryRaw({ sql: 'PRAGMA foreign_key_check', args: [], argTypes: [] })
  if (rows.length > 0) throw new Error(`${rows.length} rows would refer to rows that are not there`)
}

function listOf(migrations: readonly Migration[]) {
  return {
    baseDir: 'migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  }
}
