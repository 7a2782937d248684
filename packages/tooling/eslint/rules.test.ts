import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configuration } from './index.js'
import { proofs } from './proofs.ts'

const tooling = join(import.meta.dirname, '..')
let root: string

/** The package that a file of the fixture lies in. */
function packageOf(file: string): string {
  return file.startsWith('e2e/') ? 'e2e' : file.split('/').slice(0, 2).join('/')
}

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'sallyport-lint-')))
  await symlink(join(tooling, 'node_modules'), join(root, 'node_modules'))
  const files = Object.values(proofs).flatMap((cases) =>
    cases.flatMap(({ file, keptFile }) => (keptFile === undefined ? [file] : [file, keptFile])),
  )
  // All files exist before the first lint, so that their project knows them.
  for (const file of [...files, 'packages/radius/src/other.ts']) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), 'export const one = 1\n')
  }
  for (const folder of new Set(files.map(packageOf))) {
    const extended = join(tooling, 'tsconfig/node.json')
    await writeFile(
      join(root, folder, 'tsconfig.json'),
      JSON.stringify({ extends: extended, compilerOptions: { jsx: 'react-jsx', allowJs: true } }),
    )
  }
})

afterAll(() => rm(root, { recursive: true }))

async function reported(file: string, text: string): Promise<string[]> {
  const folder = join(root, packageOf(file))
  const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, baseConfig: configuration(folder) })
  const [result] = await eslint.lintText(text, { filePath: join(root, file) })
  return [...new Set(result?.messages.map(({ ruleId, message }) => ruleId ?? message))]
}

describe('the lint rules', () => {
  test('have a proof each, as far as the house chose them by name', () => {
    const chosen = configuration('/somewhere/apps/server')
      .filter(({ name }) => name?.startsWith('sallyport/'))
      .flatMap(({ rules }) => Object.entries(rules ?? {}))
      .filter(([, setting]) => setting !== 'off')
    expect(Object.keys(proofs)).toEqual(expect.arrayContaining(chosen.map(([rule]) => rule)))
    expect(chosen.length).toBeGreaterThan(10)
  })

  for (const [rule, cases] of Object.entries(proofs)) {
    for (const [index, { file, broken, kept, keptFile = file }] of cases.entries()) {
      test(`${rule}: a text that breaks it is reported, by this rule alone (${index + 1})`, async () => {
        expect(await reported(file, broken)).toEqual([rule])
      })

      test(`${rule}: a text that keeps it is not reported (${index + 1})`, async () => {
        expect(await reported(keptFile, kept)).toEqual([])
      })
    }
  }

  test('sallyport/import-groups: the fix sorts into groups and keeps the order inside them', async () => {
    const folder = join(root, 'packages/radius')
    const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, baseConfig: configuration(folder), fix: true })
    const [result] = await eslint.lintText(
      "// A file with imports in disorder.\nimport { b } from './b.ts'\nimport ts from 'typescript'\nimport { a } from './a.ts'\nimport { isIP } from 'node:net'\n",
      { filePath: join(folder, 'src/proof.ts') },
    )
    expect(result?.output).toBe(
      "// A file with imports in disorder.\nimport { isIP } from 'node:net'\nimport ts from 'typescript'\nimport { b } from './b.ts'\nimport { a } from './a.ts'\n",
    )
  })
})
