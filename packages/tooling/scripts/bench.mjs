// `npm run bench`: runs the benchmark of every package that has one, then the one of the whole product.
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { pnpm, turbo } from './lib/pnpm.mjs'
import { ensurePrograms } from './lib/programs.mjs'
import { packages } from './lib/workspace.mjs'

await ensureInstalled()
await ensurePrograms()

const failed = []
const apps = ['server', 'console', 'demo'].map((name) => `--filter=@sallyport/${name}`)
if ((await turbo(['run', 'build', ...apps], { quiet: true })) !== 0) failed.push('build')

const whole = '@sallyport/e2e'
const benched = packages().filter(({ scripts }) => scripts['bench'])
// The whole product comes last: its table is the one to remember.
benched.sort((a, b) => Number(a.name === whole) - Number(b.name === whole))
for (const { name } of benched) {
  console.log(`\n${name === whole ? 'the whole product' : name}`)
  if ((await pnpm(['--filter', name, '--silent', 'run', 'bench'])) !== 0) failed.push(name)
}

if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
