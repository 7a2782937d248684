/** Puts a user's name into a search filter or a DN so that it can only ever be a value there. */

const placeholder = '{username}'

/**
 * Escapes a value for a search filter: `* ( ) \ NUL` become `\2a` and so on.
 * @see {@link https://www.rfc-editor.org/rfc/rfc4515#section-3 RFC 4515 §3}
 */
export function escapeFilterValue(value: string): string {
  return value.replace(/[*()\\\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/**
 * Escapes an attribute value for a DN: `, + " \ < > ; =` anywhere, `#` and space where they would mean something.
 * Control characters are written as `\xx`.
 * @see {@link https://www.rfc-editor.org/rfc/rfc4514#section-2.4 RFC 4514 §2.4}
 */
export function escapeDnValue(value: string): string {
  return value
    .replace(/[,+"\\<>;=]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, (space, offset: number, whole: string) =>
      whole[offset - 1] === '\\' && offset === 1 ? space : '\\ ',
    )
    .replace(/\p{Cc}/gu, (character) => hexBytes(character))
}

function hexBytes(character: string): string {
  return [...Buffer.from(character, 'utf8')].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
}

/** The filter with the escaped name in every place of `{username}`. */
export function fillFilter(filter: string, username: string): string {
  return filter.replaceAll(placeholder, () => escapeFilterValue(username))
}

/**
 * The name to bind with: an escaped DN, or, for a template without `=` such as `{username}@example.com`, a login
 * name of Active Directory.
 * @returns undefined where the name cannot be anybody's
 */
export function fillTemplate(template: string, username: string): string | undefined {
  if (template.includes('=')) return template.replaceAll(placeholder, () => escapeDnValue(username))
  // Outside a DN nothing can be escaped: only names that Active Directory itself allows, without a domain of their own.
  if (/["/\\[\]:;|=,+*?<>@\p{Cc}]/u.test(username)) return undefined
  return template.replaceAll(placeholder, () => username)
}

/** Whether a filter or template says where the name goes. */
export function hasPlaceholder(text: string): boolean {
  return text.includes(placeholder)
}
