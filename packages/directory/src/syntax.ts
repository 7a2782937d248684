/** Tells whether a text is a DN, as strictly as its grammar is. */

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
