// The ESLint plugin with the rules that only this workspace has.
import { explainedSkips } from './explained-skips.js'
import { explainedSuppressions } from './explained-suppressions.js'
import { importGroups } from './import-groups.js'
import { kebabCaseFiles } from './kebab-case-files.js'
import { noFocusedTests } from './no-focused-tests.js'
import { openingSentence } from './opening-sentence.js'

/** @type {import('eslint').ESLint.Plugin} */
export const workspaceRules = {
  rules: {
    'explained-skips': explainedSkips,
    'explained-suppressions': explainedSuppressions,
    'import-groups': importGroups,
    'kebab-case-files': kebabCaseFiles,
    'no-focused-tests': noFocusedTests,
    'opening-sentence': openingSentence,
  },
}
