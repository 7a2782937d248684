// `npm run screenshots`: builds the product and photographs every screen, light, dark and narrow.
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { pnpm, turbo } from './lib/pnpm.mjs'
import { ensurePrograms } from './lib/programs.mjs'

await ensureInstalled()
await ensurePrograms()

const apps = ['server', 'console', 'demo'].map((name) => `--filter=@sallyport/${name}`)
const built = await turbo(['run', 'build', ...apps], { quiet: true })
process.exitCode =
  built === 0 ? await pnpm(['--filter', '@sallyport/e2e', 'run', 'screenshots', ...process.argv.slice(2)]) : built
