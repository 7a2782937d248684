// Holds a workspace against the dependency rules and reports each broken one as a line of text.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import rules from '../dependency-rules.cjs'

/**
 * @typedef {object} Violation
 * @property {string} rule the broken rule's name
 * @property {string} from the importing file, relative to the root
 * @property {string} to what it imports
 * @property {string} comment what the rule asks for
 */

/**
 * Cruises apps/, packages/ and e2e/ of a workspace.
 * @param {string} root the workspace's folder, absolute
 * @returns {Promise<{ violations: Violation[], modules: number }>}
 */
export async function cruiseWorkspace(root) {
  const { enhancedResolveOptions, ...options } = rules.options
  const folders = ['apps', 'packages', 'e2e'].filter((folder) => existsSync(join(root, folder)))
  const { output } = await cruise(
    folders,
    /** @type {any} */ ({ ...options, baseDir: root, validate: true, ruleSet: { forbidden: rules.forbidden } }),
    /** @type {any} */ (enhancedResolveOptions),
  )
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text')
  const comments = new Map(rules.forbidden.map(({ name, comment }) => [name, comment]))
  return {
    modules: output.summary.totalCruised,
    violations: output.summary.violations.map((violation) => ({
      rule: violation.rule.name,
      from: violation.from,
      to: violation.cycle ? violation.cycle.map(({ name }) => name).join(' → ') : violation.to,
      comment: comments.get(violation.rule.name) ?? '',
    })),
  }
}
