/** What the database says of its migrations against what this release brings. */
import type { Database } from 'better-sqlite3'
import { StoreError } from '../store-error.ts'
import type { Migration } from './migration-files.ts'

interface Applied {
  readonly name: string
  readonly checksum: string
  readonly finished: 0 | 1
}

/**
 * How many of our migrations the database lacks.
 *
 * Throws `newer-version`, `not-a-database` (another program's), or `migration-failed` (the history is not ours).
 * @param path the file's name, for the messages
 */
export function missingMigrations(database: Database, path: string, ours: readonly Migration[]): number {
  const tables = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all()
  if (tables.length === 0) return ours.length
  if (!tables.includes('_prisma_migrations')) {
    throw new StoreError(
      'not-a-database',
      `${path} is a database of another program. Name a folder of Sallyport's own, or move that file away.`,
    )
  }
  const applied = database
    .prepare<[], Applied>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
    )
    .all()
  for (const { name, checksum, finished } of applied) {
    const own = ours.find((migration) => migration.name === name)
    if (own === undefined) {
      throw new StoreError(
        'newer-version',
        `${path} was changed by a newer release of Sallyport: it has the migration ${name}, which this release does not ` +
          'know. Start that release or a later one, or restore a backup from before the upgrade.',
      )
    }
    if (finished === 0 || checksum !== own.checksum) {
      throw new StoreError(
        'migration-failed',
        `${path} has the migration ${name} ${finished === 0 ? 'half applied' : 'in another form than this release'}. ` +
          'Restore a backup, or start the release that wrote it.',
      )
    }
  }
  return ours.length - applied.length
}
