// Rule: a file opens with a comment whose first sentence says what the file is for.

/** @type {import('eslint').Rule.RuleModule} */
export const openingSentence = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      missing: 'Open the file with a comment: one sentence that says what the file is for.',
      fragment: 'The opening comment must be a sentence: several words that end in a full stop.',
    },
  },
  create(context) {
    return {
      Program(program) {
        const source = context.sourceCode
        if (source.text.trim() === '') return
        const comments = source.getAllComments()
        const first = comments.find((comment) => String(comment.type) !== 'Shebang')
        const firstToken = program.body[0]?.range?.[0] ?? Infinity
        if (first?.range === undefined || first.range[0] > firstToken || isDirective(first.value)) {
          context.report({ loc: { line: 1, column: 0 }, messageId: 'missing' })
          return
        }
        const text = first.type === 'Line' ? lineComments(comments, comments.indexOf(first)) : first.value
        if (!isSentence(text)) context.report({ loc: { line: 1, column: 0 }, messageId: 'fragment' })
      },
    }
  },
}

/** @param {string} comment */
function isDirective(comment) {
  return /^\s*(eslint\b|eslint-|@ts-|prettier-|v8 |global\b|<reference)/.test(comment)
}

/**
 * The text of a run of `//` lines that starts at an index.
 * @param {ReturnType<import('eslint').SourceCode['getAllComments']>} comments
 * @param {number} start
 */
function lineComments(comments, start) {
  const run = []
  for (const comment of comments.slice(start)) {
    if (comment.type !== 'Line') break
    run.push(comment.value)
  }
  return run.join(' ')
}

/** @param {string} comment */
function isSentence(comment) {
  const text = comment.replace(/^\s*\*+/gm, '').trim()
  return /^[^\s]/.test(text) && /^\S+\s+\S+\s+\S+[^]*?[.:?!](\s|$)/.test(text)
}
