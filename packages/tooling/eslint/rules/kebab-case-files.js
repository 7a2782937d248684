// Rule: files and folders of a package are named in kebab-case.
import { relative, sep } from 'node:path'

const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/

/** @type {import('eslint').Rule.RuleModule} */
export const kebabCaseFiles = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { name: '"{{name}}" is not in kebab-case: only lower-case letters, digits, hyphens and dots.' },
  },
  create(context) {
    return {
      Program() {
        for (const name of relative(context.cwd, context.filename).split(sep)) {
          if (!kebabCase.test(name)) context.report({ loc: { line: 1, column: 0 }, messageId: 'name', data: { name } })
        }
      },
    }
  },
}
