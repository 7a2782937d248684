// Rule: no test is singled out by `.only`, so that a run always is the whole run.
import { testCall } from './test-call.js'

/** @type {import('eslint').Rule.RuleModule} */
export const noFocusedTests = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { only: 'Remove .only: it switches off every other test of the file.' },
  },
  create(context) {
    return {
      MemberExpression(node) {
        if (testCall(node) === 'only') context.report({ node, messageId: 'only' })
      },
    }
  },
}
