// Recognises what is called on a test function: `only` in `test.only`, `describe.concurrent.only`, `test.describe.only`.
const testFunctions = new Set(['test', 'it', 'describe', 'suite', 'bench'])

/**
 * The name of the property that is read from a test function or from a chain that starts with one.
 * @param {Parameters<NonNullable<import('eslint').Rule.NodeListener['MemberExpression']>>[0]} node
 * @returns {string | undefined}
 */
export function testCall(node) {
  if (node.property.type !== 'Identifier' || node.computed) return undefined
  let object = node.object
  while (object.type === 'MemberExpression') object = object.object
  return object.type === 'Identifier' && testFunctions.has(object.name) ? node.property.name : undefined
}
