// Rule: a skipped test says why, in a comment beside or above it or as the reason that the skip itself takes.
import { testCall } from './test-call.js'

const skips = new Set(['skip', 'skipIf', 'runIf', 'todo', 'fixme'])

/** @type {import('eslint').Rule.RuleModule} */
export const explainedSkips = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { reason: 'Say in a comment on this line or the one above why this test does not run.' },
  },
  create(context) {
    const { sourceCode } = context
    return {
      MemberExpression(node) {
        const name = testCall(node)
        if (name === undefined || !skips.has(name) || !node.loc || takesReason(node)) return
        const line = node.loc.start.line
        const beside = sourceCode.getAllComments().some(({ loc, value }) => {
          const near = loc && (loc.end.line === line || loc.end.line === line - 1)
          return near && value.trim().length >= 10 && !value.includes('eslint-disable')
        })
        if (!beside) context.report({ node, messageId: 'reason' })
      },
    }
  },
}

/**
 * Playwright's `test.skip(condition, 'reason')` inside a test.
 * @param {Parameters<NonNullable<import('eslint').Rule.NodeListener['MemberExpression']>>[0]} node
 */
function takesReason(node) {
  const call = node.parent
  if (call.type !== 'CallExpression' || call.callee !== node) return false
  const [condition, reason] = call.arguments
  const isTitle = condition?.type === 'Literal' && typeof condition.value === 'string'
  return !isTitle && reason?.type === 'Literal' && typeof reason.value === 'string' && reason.value.length >= 10
}
