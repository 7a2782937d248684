// `npm run bench`: runs the benchmark of every package that has one, then the one of the whole product.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { pnpm, turbo } from './lib/pnpm.mjs'
import { ensurePrograms } from './lib/programs.mjs'
import { packages, root } from './lib/workspace.mjs'

await ensureInstalled()
await ensurePrograms()

const failed = []
const apps = ['server', 'console', 'demo'].map((name) => `--filter=@sallyport/${name}`)
if ((await turbo(['run', 'build', ...apps], { quiet: true })) !== 0) failed.push('build')

for (const { name, scripts } of packages()) {
  if (!scripts['bench'] || name === '@sallyport/e2e') continue
  console.log(`\n${name}`)
  if ((await pnpm(['--filter', name, '--silent', 'run', 'bench'])) !== 0) failed.push(name)
}

if (existsSync(join(root, 'e2e/bench/run.ts'))) {
  console.log('\nthe whole product')
  if ((await pnpm(['--filter', '@sallyport/e2e', 'exec', 'tsx', 'bench/run.ts'])) !== 0) failed.push('e2e')
}

if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
