// What the scripts know of the workspace: its folder, its packages and the versions that it asks for.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The workspace's folder, absolute, without a slash at its end. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/[\\/]$/, '')

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} [packageManager]
 * @property {{ node: string }} [engines]
 * @property {Record<string, string>} [scripts]
 */

/**
 * The package.json of a folder.
 * @param {string} folder absolute
 * @returns {Manifest}
 */
export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/**
 * Every package of the workspace.
 * @returns {{ name: string, folder: string, scripts: Record<string, string> }[]}
 */
export function packages() {
  const folders = ['apps', 'packages'].flatMap((parent) =>
    existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => join(root, parent, name)) : [],
  )
  return [...folders, join(root, 'e2e')]
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => {
      const { name, scripts = {} } = manifestOf(folder)
      return { name, folder, scripts }
    })
}
