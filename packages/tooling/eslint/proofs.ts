/** For each lint rule of the house a text that breaks it and one that is much like it and keeps it. */

export interface LintProof {
  /** The file's place in the workspace; decides which rules apply. */
  readonly file: string
  readonly broken: string
  readonly kept: string
  /** The kept text's place, where the place makes the difference. */
  readonly keptFile?: string
}

const opening = '// A file of the proof for one lint rule.\n'

/** A proof in shipped code of packages/radius. */
function shipped(broken: string, kept: string): LintProof {
  return { file: 'packages/radius/src/proof.ts', broken: opening + broken, kept: opening + kept }
}

/** One text that is wrong in one place of the workspace and right in another. */
function placed(file: string, keptFile: string, text: string): LintProof {
  return { file, keptFile, broken: opening + text, kept: opening + text }
}

const declareTest =
  'declare const test: { (title: string): void; only: (title: string) => void; skip: (title: string) => void }\n'
const readsEnvironment = 'export const level = process.env["LEVEL"]\n'
const guesses = 'export const guess = Math.random()\n'

/** By rule id; a rule may have several. */
export const proofs: Readonly<Record<string, readonly LintProof[]>> = {
  '@typescript-eslint/switch-exhaustiveness-check': [
    shipped(
      "export function one(way: 'in' | 'out') {\n  switch (way) {\n    case 'in':\n      return 1\n  }\n  return 2\n}\n",
      "export function one(way: 'in' | 'out') {\n  switch (way) {\n    case 'in':\n      return 1\n    case 'out':\n      return 2\n  }\n}\n",
    ),
  ],
  '@typescript-eslint/consistent-type-imports': [
    shipped(
      "import { Socket } from 'node:net'\nexport type One = Socket\n",
      "import type { Socket } from 'node:net'\nexport type One = Socket\n",
    ),
  ],
  '@typescript-eslint/restrict-template-expressions': [
    shipped('export const one = (it: string | undefined) => `${it}`\n', 'export const one = (it: number) => `${it}`\n'),
  ],
  '@typescript-eslint/no-confusing-void-expression': [
    shipped(
      'export function one(act: () => void) {\n  const done = act()\n  return [done]\n}\n',
      'export const one = (act: () => void) => act()\n',
    ),
  ],
  '@typescript-eslint/no-explicit-any': [
    shipped('export type One = Record<string, any>\n', 'export type One = Record<string, unknown>\n'),
  ],
  '@typescript-eslint/no-non-null-assertion': [
    shipped(
      'export const one = (list: string[]) => list[0]!\n',
      'export const one = (list: string[]) =>\n  list[0]! // eslint-disable-line @typescript-eslint/no-non-null-assertion -- every caller checked the length\n',
    ),
  ],
  '@typescript-eslint/no-floating-promises': [
    shipped(
      'export function one(act: () => Promise<void>) {\n  act()\n}\n',
      'export async function one(act: () => Promise<void>) {\n  await act()\n}\n',
    ),
  ],
  '@typescript-eslint/ban-ts-comment': [
    shipped(
      "// @ts-expect-error\nexport const one: number = 'one'\n",
      "// @ts-expect-error: what the compiler says to a text is the point here\nexport const one: number = 'one'\n",
    ),
  ],
  eqeqeq: [shipped('export const one = (a: unknown) => a == 1\n', 'export const one = (a: unknown) => a === 1\n')],
  'no-console': [
    shipped("console.log('one')\nexport {}\n", "process.stdout.write('one')\nexport {}\n"),
    placed('packages/radius/src/proof.ts', 'packages/radius/bench/proof.ts', "console.log('one')\nexport {}\n"),
    placed('packages/radius/src/proof.ts', 'e2e/proof.ts', "console.log('one')\nexport {}\n"),
  ],
  'no-undef': [
    { file: 'packages/radius/proof.js', broken: `${opening}absent()\n`, kept: `${opening}setTimeout(() => {}, 1)\n` },
  ],
  'no-restricted-exports': [
    shipped('export default function one() {\n  return 1\n}\n', 'export function one() {\n  return 1\n}\n'),
    shipped('const one = 1\nexport { one as default }\n', 'const one = 1\nexport { one }\n'),
    placed('packages/radius/src/proof.ts', 'packages/radius/proof.config.ts', 'export default {}\n'),
  ],
  'no-restricted-properties': [
    placed('apps/server/src/http/proof.ts', 'apps/server/src/main.ts', readsEnvironment),
    placed('packages/radius/src/proof.ts', 'packages/radius/src/proof.test.ts', readsEnvironment),
    placed('apps/server/src/http/proof.ts', 'e2e/proof.ts', readsEnvironment),
    shipped('export const { env } = process\n', 'export const { pid } = process\n'),
    placed('apps/server/src/main.ts', 'apps/demo/src/proof.ts', guesses),
    placed('packages/store/src/proof.ts', 'packages/store/src/proof.test.ts', guesses),
    placed('packages/directory/src/proof.ts', 'packages/ui/src/proof.ts', guesses),
    placed('packages/radius/src/proof.ts', 'packages/contract/src/proof.ts', guesses),
  ],
  'no-restricted-imports': [
    placed(
      'apps/server/src/http/proof.ts',
      'apps/server/src/main.ts',
      "import { env } from 'node:process'\nexport const level = env['LEVEL']\n",
    ),
  ],
  'react-hooks/rules-of-hooks': [
    {
      file: 'packages/ui/src/component.tsx',
      broken: `${opening}declare function useOne(): number\nexport function Proof(props: { on: boolean }) {\n  if (props.on) useOne()\n  return null\n}\n`,
      kept: `${opening}declare function useOne(): number\nexport function Proof() {\n  useOne()\n  return null\n}\n`,
    },
  ],
  'sallyport/explained-skips': [
    shipped(
      `${declareTest}test.skip('waits')\nexport {}\n`,
      `${declareTest}// This system has no such clock to wait for.\ntest.skip('waits')\nexport {}\n`,
    ),
  ],
  'sallyport/explained-suppressions': [
    shipped(
      '// eslint-disable-next-line eqeqeq\nexport const one = (a: unknown) => a == null\n',
      '// eslint-disable-next-line eqeqeq -- null and undefined alike\nexport const one = (a: unknown) => a == null\n',
    ),
    {
      file: 'packages/radius/src/proof.ts',
      broken: `${opening}/* eslint-disable -- all of it is generated */\nexport const one = (a: unknown) => a == null\n`,
      kept: `${opening}/* eslint-disable eqeqeq -- null and undefined alike */\nexport const one = (a: unknown) => a == null\n`,
    },
  ],
  'sallyport/import-groups': [
    shipped(
      "import { one } from './other.ts'\nimport { isIP } from 'node:net'\nexport const all = [one, isIP]\n",
      "import { isIP } from 'node:net'\nimport { one } from './other.ts'\nexport const all = [one, isIP]\n",
    ),
    shipped(
      "import ts from 'typescript'\nimport { isIP } from 'node:net'\nexport const all = [ts.version, isIP]\n",
      "import { isIP } from 'node:net'\nimport ts from 'typescript'\nexport const all = [ts.version, isIP]\n",
    ),
  ],
  'sallyport/kebab-case-files': [
    placed('packages/radius/src/proofOfName.ts', 'packages/radius/src/proof-of-name.ts', 'export const one = 1\n'),
    placed('packages/radius/src/Proof/one.ts', 'packages/radius/src/proof-folder/one.ts', 'export const one = 1\n'),
  ],
  'sallyport/no-focused-tests': [
    shipped(`${declareTest}test.only('waits')\nexport {}\n`, `${declareTest}test('waits')\nexport {}\n`),
  ],
  'sallyport/opening-sentence': [
    {
      file: 'packages/radius/src/proof.ts',
      broken: 'export const one = 1\n',
      kept: `${opening}export const one = 1\n`,
    },
    {
      file: 'packages/radius/src/proof.ts',
      broken: '// radius\nexport const one = 1\n',
      kept: '/**\n * Says what one is,\n * and no more.\n */\nexport const one = 1\n',
    },
    {
      file: 'packages/radius/src/proof.ts',
      broken: 'export const one = 1\n// A sentence that comes too late.\n',
      kept: `${opening}export const one = 1\n`,
    },
    {
      file: 'packages/radius/src/proof.ts',
      keptFile: 'packages/radius/src/proof.test.ts',
      broken: 'export const one = 1\n',
      kept: 'export const one = 1\n',
    },
  ],
}
