// Rule: imports stand in three groups, in this order: `node:`, packages, relative.
const groups = ['node:', 'package', 'relative']

/** @typedef {Extract<import('eslint').AST.Program['body'][number], { type: 'ImportDeclaration' }>} ImportDeclaration */

/** @type {import('eslint').Rule.RuleModule} */
export const importGroups = {
  meta: {
    type: 'layout',
    fixable: 'code',
    schema: [],
    messages: { order: 'A {{group}} import belongs above the {{previous}} imports: node:, packages, relative.' },
  },
  create(context) {
    return {
      Program(program) {
        const imports = program.body.filter((statement) => statement.type === 'ImportDeclaration')
        let highest = 0
        for (const declaration of imports) {
          const group = groupOf(declaration)
          if (group < highest) {
            context.report({
              node: declaration,
              messageId: 'order',
              data: { group: groups[group] ?? '', previous: groups[highest] ?? '' },
              fix: (fixer) => sorted(context.sourceCode, imports, fixer),
            })
            return
          }
          highest = group
        }
      },
    }
  },
}

/** @param {ImportDeclaration} declaration */
function groupOf(declaration) {
  const from = String(declaration.source.value)
  if (from.startsWith('node:')) return 0
  return from.startsWith('.') ? 2 : 1
}

/**
 * Sorts the imports by group and keeps their order inside one; declines where comments or code stand between.
 * @param {import('eslint').SourceCode} source
 * @param {ImportDeclaration[]} imports
 * @param {import('eslint').Rule.RuleFixer} fixer
 */
function sorted(source, imports, fixer) {
  const [first, last] = [imports[0]?.range, imports.at(-1)?.range]
  if (!first || !last) return null
  const between = imports.slice(1).every((declaration, index) => {
    const gap = source.text.slice(imports[index]?.range?.[1], declaration.range?.[0])
    return gap.trim() === ''
  })
  if (!between) return null
  const ordered = imports.toSorted((a, b) => groupOf(a) - groupOf(b)).map((declaration) => source.getText(declaration))
  return fixer.replaceTextRange([first[0], last[1]], ordered.join('\n'))
}
