/** The migrations that this release brings: folders of `prisma/migrations`, in the order of their names. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Migration {
  /** `<timestamp>_<name>` */
  readonly name: string
  readonly sql: string
  /** SHA-256 in hex, as the schema engine writes it into `_prisma_migrations`. */
  readonly checksum: string
}

export function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}
