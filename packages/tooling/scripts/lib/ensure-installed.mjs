// Installs the dependencies where they are missing or older than the lockfile, and refuses a Node that is too old.
import { existsSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { pnpm, pnpmVersion } from './pnpm.mjs'
import { manifestOf, root } from './workspace.mjs'

/** Resolves once everything is installed; ends the process with an explanation where that cannot be. */
export async function ensureInstalled() {
  const needed = manifestOf(root).engines?.node ?? '>=20.19'
  if (!isNewEnough(process.versions.node, needed)) {
    fail(`Sallyport needs Node ${needed.replace('>=', '')} or newer; this is ${process.versions.node}.`)
  }
  if (!isStale(root)) return
  console.log(`Installing dependencies with pnpm ${pnpmVersion()} …`)
  const code = await pnpm(['install', '--frozen-lockfile', '--config.confirmModulesPurge=false'])
  if (code !== 0) {
    fail(
      'The dependencies could not be installed; the lines above say why.\n' +
        'The usual reasons: the package registry is out of reach (a proxy?), or the disk is full.',
    )
  }
  const now = new Date()
  utimesSync(installMark(root), now, now)
}

/**
 * Whether the dependencies of a workspace are missing or older than its lockfile.
 * @param {string} folder the workspace's folder
 */
export function isStale(folder) {
  const mark = installMark(folder)
  return !existsSync(mark) || statSync(join(folder, 'pnpm-lock.yaml')).mtimeMs > statSync(mark).mtimeMs
}

/**
 * Whether a version is at least the one of a range like `>=20.19`.
 * @param {string} version
 * @param {string} range
 */
export function isNewEnough(version, range) {
  const has = numbers(version)
  const needs = numbers(range.replace(/^>=\s*/, ''))
  for (let index = 0; index < needs.length; index++) {
    const difference = (has[index] ?? 0) - (needs[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

/** @param {string} version */
function numbers(version) {
  return version.split('.').map((part) => Number.parseInt(part, 10))
}

/** @param {string} folder */
function installMark(folder) {
  return join(folder, 'node_modules', '.modules.yaml')
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(`\n${message}`)
  process.exit(1)
}
