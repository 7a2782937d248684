// Rule: every `eslint-disable` names the rules that it silences and, after `--`, the reason.

/** @type {import('eslint').Rule.RuleModule} */
export const explainedSuppressions = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      rules: 'Name the rules that this comment silences.',
      reason: 'Give the reason after "--": eslint-disable-next-line some-rule -- why this is right here.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const directive = /^\s*eslint-disable(?:-next-line|-line)?(?=\s|$)([^]*)$/.exec(comment.value)
          if (!directive || !comment.loc) continue
          const [rules = '', ...reason] = (directive[1] ?? '').split(/\s-{2,}\s/)
          // In front of the line's first column, where the comment cannot silence this very report.
          const loc = { start: { line: comment.loc.start.line, column: -1 }, end: comment.loc.end }
          if (rules.trim() === '') context.report({ loc, messageId: 'rules' })
          if (reason.join(' ').trim().length < 10) context.report({ loc, messageId: 'reason' })
        }
      },
    }
  },
}
