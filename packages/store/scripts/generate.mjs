// Generates the Prisma client from prisma/schema.prisma, with no network: the schema engine is not needed, only named.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)))
const schema = join(packageFolder, '../../prisma/schema.prisma')
const prismaFolder = dirname(createRequire(import.meta.url).resolve('prisma/package.json'))
const { status } = spawnSync(
  process.execPath,
  [join(prismaFolder, 'build/index.js'), 'generate', '--schema', schema, '--no-hints'],
  {
    cwd: packageFolder,
    stdio: 'inherit',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  },
)
process.exitCode = status ?? 1
