/** Tells whether a text is a DN or a filter, as strictly as their grammars are. */
import { parseFilter } from './wire/filter.ts'

const attribute = '(?:[a-z][a-z0-9-]*|\\d+(?:\\.\\d+)+)(?:;[a-z0-9-]+)*'
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

/** Whether the text is one complete filter (RFC 4515). */
export function isFilter(text: string): boolean {
  return parseFilter(text) !== undefined
}
