// Runs turbo with the arguments given, on a machine that has no pnpm of its own.
import { ensureInstalled } from './lib/ensure-installed.mjs'
import { turbo } from './lib/pnpm.mjs'

await ensureInstalled()
process.exitCode = await turbo(process.argv.slice(2))
