// The one ESLint configuration of the workspace: strict, type-aware, with the house rules of how the code reads.
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { workspaceRules } from './rules/index.js'

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*.spec.ts', '**/test/**', '**/testing/**']
const benches = ['bench/**', '**/*.bench.ts']
const configs = ['*.config.ts', '*.config.js', '**/*.config.ts']

/** Where randomness decides over a secret, an identifier or a challenge. */
const secretive = new Set(['apps/server', 'packages/store', 'packages/radius', 'packages/directory'])

const environment = {
  object: 'process',
  property: 'env',
  message: 'Only main.ts and sallyport.ts read the environment: take what you need as a parameter.',
}
const weakRandomness = {
  object: 'Math',
  property: 'random',
  message: 'Math.random can be predicted: use node:crypto, passed in as a parameter.',
}

/**
 * The configuration of one package.
 * @param {string} root the package's folder, absolute; its last two segments say which package it is
 * @returns {import('eslint').Linter.Config[]}
 */
export function configuration(root) {
  const area = root.split(/[\\/]/).slice(-2).join('/')
  const isOutside = area.endsWith('/e2e') || area === 'packages/tooling'
  const restricted = [...(isOutside ? [] : [environment]), ...(secretive.has(area) ? [weakRandomness] : [])]
  return defineConfig(
    { ignores: ['dist/**', 'src/generated/**', 'test-results/**', 'playwright-report/**', '.bench/**'] },
    tseslint.configs.strictTypeChecked,
    {
      name: 'sallyport/every-file',
      plugins: { sallyport: workspaceRules },
      linterOptions: { reportUnusedDisableDirectives: 'error' },
      languageOptions: { globals: globals.node, parserOptions: { projectService: true, tsconfigRootDir: root } },
      rules: {
        '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
        '@typescript-eslint/consistent-type-imports': 'error',
        '@typescript-eslint/restrict-template-expressions': [
          'error',
          { allowAny: false, allowNever: false, allowNullish: false, allowRegExp: false },
        ],
        '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
        eqeqeq: 'error',
        'no-console': 'error',
        'no-restricted-exports': [
          'error',
          { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
        ],
        'sallyport/explained-skips': 'error',
        'sallyport/explained-suppressions': 'error',
        'sallyport/import-groups': 'error',
        'sallyport/kebab-case-files': 'error',
        'sallyport/no-focused-tests': 'error',
        'sallyport/opening-sentence': 'error',
      },
    },
    {
      name: 'sallyport/environment-and-randomness',
      files: ['**/*.ts', '**/*.tsx'],
      ignores: [...tests, ...benches, ...configs, 'scripts/**'],
      rules: {
        'no-restricted-properties': ['error', ...restricted],
        'no-restricted-imports': [
          'error',
          { paths: isOutside ? [] : [{ name: 'node:process', importNames: ['env'], message: environment.message }] },
        ],
      },
    },
    {
      name: 'sallyport/entry-points',
      files: ['src/main.ts', 'src/sallyport.ts'],
      rules: {
        'no-restricted-properties': ['error', ...restricted.filter((restriction) => restriction !== environment)],
        'no-restricted-imports': 'off',
      },
    },
    {
      files: ['**/*.tsx', '**/use-*.ts'],
      extends: [reactHooks.configs.flat.recommended],
    },
    {
      // A test's title is its sentence; fakes are async because what they stand for is.
      files: tests,
      rules: { 'sallyport/opening-sentence': 'off', '@typescript-eslint/require-await': 'off' },
    },
    {
      // Tools insist on default exports in their configuration files, whose names say what they are for.
      files: configs,
      rules: { 'no-restricted-exports': 'off', 'sallyport/opening-sentence': 'off' },
    },
    { files: ['**/*.d.ts'], rules: { 'sallyport/opening-sentence': 'off' } },
    { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
    { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], rules: { 'no-undef': 'error' } },
    { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
    {
      files: ['**/*.mjs', '**/*.cjs', 'scripts/**', ...benches, ...(area.endsWith('/e2e') ? ['**/*.ts'] : [])],
      rules: { 'no-console': 'off' },
    },
  )
}
