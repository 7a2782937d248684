/** Builds a small workspace in a temporary folder, laid out like this one, for proving the dependency rules. */
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export type Files = Readonly<Record<string, string>>

const packages = ['apps/console', 'apps/server', 'apps/demo', 'e2e'].concat(
  ['contract', 'directory', 'radius', 'store', 'tooling', 'ui'].map((name) => `packages/${name}`),
)
const thirdParty = ['fastify', '@fastify/cookie', 'better-sqlite3', '@prisma/client', 'zod']

/** Writes the workspace with the given files on top, hands over its folder, and removes it afterwards. */
export async function withWorkspace<Result>(files: Files, use: (root: string) => Promise<Result>): Promise<Result> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'sallyport-rules-')))
  try {
    await writeAll(root, { ...(await skeleton(root)), ...files })
    return await use(root)
  } finally {
    await rm(root, { recursive: true })
  }
}

async function skeleton(root: string): Promise<Record<string, string>> {
  const files: Record<string, string> = { 'package.json': '{ "name": "sallyport", "private": true }' }
  const dependencies = Object.fromEntries(thirdParty.map((name) => [name, '*']))
  for (const folder of packages) {
    const name = folder.replace(/^.*\//, '@sallyport/')
    const exports = { '.': './src/index.ts', './engine': './src/engine/index.ts' }
    files[`${folder}/package.json`] = JSON.stringify({ name, exports, dependencies })
    files[`${folder}/src/index.ts`] = `export const name = '${name}'\nexport type Name = string\n`
    const link = join(root, 'node_modules', name)
    await mkdir(dirname(link), { recursive: true })
    await symlink(join(root, folder), link)
  }
  files['packages/store/src/engine/index.ts'] = "export { name } from '../index.ts'\n"
  for (const name of thirdParty) {
    files[`node_modules/${name}/package.json`] = JSON.stringify({ name, version: '1.0.0', main: 'index.js' })
    files[`node_modules/${name}/index.js`] = 'module.exports = {}\n'
  }
  return files
}

async function writeAll(root: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
}
