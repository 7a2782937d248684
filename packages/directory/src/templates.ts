/** Puts a user's name into the template of a DN so that it can only ever be a value there. */
import { placeholder } from './wire/filter.ts'

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
