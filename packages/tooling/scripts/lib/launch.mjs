// Builds an app and runs it in the foreground; the one place that knows which packages and which file an app is.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './ensure-installed.mjs'
import { turbo } from './pnpm.mjs'
import { runInForeground } from './run.mjs'
import { root } from './workspace.mjs'

/** What is built for each command, and what is then started. */
const launches = {
  start: {
    packages: ['@sallyport/server', '@sallyport/console', '@sallyport/portal'],
    entry: 'apps/server/dist/main.js',
  },
  demo: {
    packages: ['@sallyport/server', '@sallyport/console', '@sallyport/portal', '@sallyport/demo'],
    entry: 'apps/demo/dist/main.js',
  },
}

/**
 * Installs and builds what is not there yet, then runs the app until it ends, with its exit code.
 * @param {keyof typeof launches} name
 */
export async function launch(name) {
  const { packages, entry } = launches[name]
  await ensureInstalled()
  console.log('Building …')
  const code = await turbo(['run', 'build', ...packages.map((it) => `--filter=${it}`)], { quiet: true })
  if (code !== 0) {
    console.error('\nThe build failed; the lines above say where.')
    process.exit(code)
  }
  if (!existsSync(join(root, entry))) {
    console.error(`\nThe build left no ${entry}.`)
    process.exit(1)
  }
  process.exitCode = await runInForeground(
    process.execPath,
    ['--enable-source-maps', entry, ...process.argv.slice(2)],
    {
      NODE_ENV: 'production',
      SALLYPORT_DATA_DIR: process.env['SALLYPORT_DATA_DIR'] ?? join(root, '.data'),
    },
  )
}
