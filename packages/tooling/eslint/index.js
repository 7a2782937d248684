// The one ESLint configuration of the workspace: strict, type-aware rules for TypeScript, with the rules of hooks for React.
import globals from 'globals'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** @param {string} root the package's folder, absolute */
export function configuration(root) {
  return tseslint.config(
    { ignores: ['dist/**', 'src/generated/**', 'test-results/**', 'playwright-report/**', '.bench/**'] },
    ...tseslint.configs.strictTypeChecked,
    {
      languageOptions: { globals: globals.node, parserOptions: { projectService: true, tsconfigRootDir: root } },
      rules: {
        '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
        '@typescript-eslint/consistent-type-imports': 'error',
        '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
        '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
        eqeqeq: 'error',
        'no-console': 'error',
        'no-restricted-exports': [
          'error',
          { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
        ],
      },
    },
    {
      files: ['**/*.tsx', 'src/**/use-*.ts'],
      plugins: { 'react-hooks': reactHooks },
      rules: reactHooks.configs.recommended.rules,
    },
    {
      // Tools insist on default exports in their configuration files.
      files: ['*.config.ts', '*.config.js', '**/*.config.ts'],
      rules: { 'no-restricted-exports': 'off' },
    },
    { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
    { files: ['**/*.mjs', '**/*.cjs'], rules: { 'no-console': 'off' } },
  )
}
