// Builds the server: one file for each thread, with what they share beside them; native packages stay outside.
import { cp, readFile, rm } from 'node:fs/promises'

import { build } from 'esbuild'

import { compressFiles } from './compress-files.mjs'

const { version } = JSON.parse(await readFile('package.json', 'utf8'))
await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: [
    'src/main.ts',
    'src/sallyport.ts',
    'src/engine/engine-thread.ts',
    'src/engine/writer-thread.ts',
    'src/engine/mover-thread.ts',
    'src/engine/forwarder-thread.ts',
    'src/directory-sync/sync-thread.ts',
    'src/log-forwarding/log-thread.ts',
    'src/jobs/retention-thread.ts',
  ],
  entryNames: '[name]',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  define: { SALLYPORT_VERSION: JSON.stringify(version) },
  // Workspace packages are bundled from source; everything from the registry is resolved from node_modules.
  packages: 'bundle',
  external: [
    'better-sqlite3',
    '@prisma/*',
    '@node-rs/argon2',
    'fastify',
    '@fastify/*',
    'fastify-type-provider-zod',
    'pino',
    'otplib',
    'zod',
    'csv-parse',
    'csv-parse/*',
    'ipaddr.js',
    'openapi-types',
    'yaml',
  ],
})
await cp('../../prisma/migrations', 'dist/migrations', { recursive: true })
for (const app of ['console', 'portal']) {
  await cp(`../${app}/dist`, `dist/${app}`, { recursive: true }).then(
    () => compressFiles(`dist/${app}`),
    (error) => {
      if (error.code !== 'ENOENT') throw error
    },
  )
}
