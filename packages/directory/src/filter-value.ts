/** Puts what somebody typed into a search filter so that it can only ever be a value there. */

/**
 * Escapes an assertion value for a filter: `( ) * \` and NUL, and the braces that would make a placeholder.
 * @see {@link https://www.rfc-editor.org/rfc/rfc4515#section-3 RFC 4515 §3}
 */
export function escapeFilterValue(value: string): string {
  return value.replace(/[()*\\{}\p{Cc}]/gu, (character) =>
    [...Buffer.from(character, 'utf8')].map((octet) => `\\${octet.toString(16).padStart(2, '0')}`).join(''),
  )
}
