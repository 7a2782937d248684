// Builds the demonstration into one file; what comes from the registry as CommonJS or is large stays in node_modules.
import { rm } from 'node:fs/promises'

import { build } from 'esbuild'

await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  // Workspace packages are bundled from source.
  packages: 'bundle',
  external: ['ldapjs', 'otplib', 'zod'],
})
