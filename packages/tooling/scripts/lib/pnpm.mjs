// Reaches the pinned pnpm through npx, and turbo through pnpm, so that Node and npm are all a machine needs.
import { run } from './run.mjs'
import { manifestOf, root } from './workspace.mjs'

const quietEnvironment = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NPM_CONFIG_UPDATE_NOTIFIER: 'false' }

/** The version of pnpm that the root package.json pins. */
export function pnpmVersion() {
  const version = /^pnpm@(\d+\.\d+\.\d+)/.exec(manifestOf(root).packageManager ?? '')?.[1]
  if (!version) throw new Error('The root package.json names no pnpm version under "packageManager".')
  return version
}

/**
 * Runs pnpm in the workspace's folder.
 * @param {readonly string[]} args
 * @param {import('./run.mjs').RunOptions} [options]
 */
export function pnpm(args, options = {}) {
  const env = { ...quietEnvironment, ...options.env }
  return run('npx', ['--yes', `pnpm@${pnpmVersion()}`, ...args], { ...options, env })
}

/**
 * Runs turbo with pnpm on its PATH (it starts every task by it), without telemetry and without a remote cache.
 * @param {readonly string[]} args
 * @param {import('./run.mjs').RunOptions} [options]
 */
export function turbo(args, options) {
  return pnpm(['exec', 'turbo', ...args], options)
}
