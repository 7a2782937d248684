// Writes the next migration: what leads from the schema as the last migration left it to prisma/schema.prisma.
// Usage: pnpm --filter @sallyport/store new-migration <name-in-kebab-case>
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { noFilter, openSchemaEngine } from '../src/migrations/schema-engine.ts'

const prismaFolder = fileURLToPath(new URL('../../../prisma/', import.meta.url))
const schemaPath = join(prismaFolder, 'schema.prisma')
const migrations = join(prismaFolder, 'migrations')
const snapshot = join(migrations, 'schema.snapshot.prisma')

const name = process.argv[2] ?? ''
if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  console.error('Name the migration in a few words: new-migration add-user-groups')
  process.exit(1)
}

const schema = readFileSync(schemaPath, 'utf8')
const engine = await openSchemaEngine(new PrismaBetterSqlite3({ url: ':memory:' }))
const { stdout, exitCode } = await engine.diff({
  from: existsSync(snapshot)
    ? { tag: 'schemaDatamodel', files: [{ path: snapshot, content: readFileSync(snapshot, 'utf8') }] }
    : { tag: 'empty' },
  to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: schema }] },
  script: true,
  exitCode: true,
  filters: noFilter,
})
if (exitCode === 0) {
  console.error('prisma/schema.prisma is what the last migration left: nothing to do.')
  process.exit(1)
}
const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const folder = join(migrations, `${timestamp}_${name.replaceAll('-', '_')}`)
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'migration.sql'), stdout ?? '')
writeFileSync(snapshot, schema)
console.log(`Wrote ${folder}/migration.sql: read it before you commit it.`)
