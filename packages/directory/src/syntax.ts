/** Tells whether a text is a search filter or a DN, as strictly as their grammars are. */

const attribute = '(?:[a-z][a-z0-9-]*|\\d+(?:\\.\\d+)+)(?:;[a-z0-9-]+)*'
// RFC 4515 §3: ( ) * \ NUL stand in a value only as \xx, except that * separates the parts of a substring.
const value = '(?:[^()*\\\\\\0]|\\\\[0-9a-f]{2})*'
const matchingRule = `(?:${attribute})?(?::dn)?(?::${attribute})?:=`
const item = new RegExp(`\\((?:${attribute}(?:=|~=|>=|<=)${value}(?:\\*${value})*|${matchingRule}${value})\\)`, 'iy')
const deepest = 32

/**
 * Whether the text is one complete filter.
 * @see {@link https://www.rfc-editor.org/rfc/rfc4515#section-3 RFC 4515 §3}
 */
export function isFilter(text: string): boolean {
  return endOfFilter(text, 0, 0) === text.length
}

/** The position after the filter that begins at `start`; undefined where none does. */
function endOfFilter(text: string, start: number, depth: number): number | undefined {
  if (text[start] !== '(' || depth > deepest) return undefined
  const operator = text[start + 1]
  if (operator !== '&' && operator !== '|' && operator !== '!') {
    item.lastIndex = start
    return item.exec(text) ? item.lastIndex : undefined
  }
  let end = endOfFilter(text, start + 2, depth + 1)
  while (end !== undefined && operator !== '!' && text[end] === '(') end = endOfFilter(text, end, depth + 1)
  return end !== undefined && text[end] === ')' ? end + 1 : undefined
}

// RFC 4514 §3, with the space around separators that RFC 2253 let writers add. Quoted values are not taken.
const pair = `\\s*${attribute}\\s*=(?:[^,+"\\\\<>;\\0]|\\\\(?:[0-9a-f]{2}|[^0-9a-f]))+`
const dn = new RegExp(`^${pair}(?:[,+;]${pair})*$`, 'i')

/**
 * Whether the text is a DN of at least one component.
 * @see {@link https://www.rfc-editor.org/rfc/rfc4514#section-3 RFC 4514 §3}
 */
export function isDn(text: string): boolean {
  return dn.test(text)
}
