/** Search filters: parsed once, when a configuration is taken, and written with a user's name in place of `{username}`. */
import { BerWriter } from './ber-writer.ts'
import { octetString, sequence } from './tags.ts'

/** What stands for the user's name in a filter or a template. */
export const placeholder = '{username}'

/** Octets that are the same for every user, the place for the name, or an element with such a place somewhere below it. */
export type Filter = Buffer | typeof placeholder | { readonly tag: number; readonly parts: readonly Filter[] }

const attribute = '(?:[a-z][a-z0-9-]*|\\d+(?:\\.\\d+)+)(?:;[a-z0-9-]+)*'
// RFC 4515 §3: ( ) * \ NUL stand in a value only as \xx, except that * separates the parts of a substring.
const value = '(?:[^()*\\\\\\0]|\\\\[0-9a-f]{2})*'
const comparison = `(${attribute})([~<>]?=)(${value}(?:\\*${value})*)`
const extensible = `(${attribute})?(:dn)?(?::(${attribute}))?:=(${value})`
const item = new RegExp(`\\((?:${comparison}|${extensible})\\)`, 'iy')
const deepest = 32

// RFC 4511 §4.5.1.7: Filter ::= CHOICE
const setTags: Readonly<Record<string, number>> = { '&': 0xa0, '|': 0xa1, '!': 0xa2 }
const comparisonTags: Readonly<Record<string, number>> = { '=': 0xa3, '>=': 0xa5, '<=': 0xa6, '~=': 0xa8 }
const substringsTag = 0xa4
const presentTag = 0x87
const extensibleTag = 0xa9

/**
 * Parses one complete filter. With `anybody` the place for the name becomes “anything”: what is left is who could sign in.
 * @returns undefined where the text is none
 * @see {@link https://www.rfc-editor.org/rfc/rfc4515#section-3 RFC 4515 §3}
 */
export function parseFilter(text: string, { anybody = false } = {}): Filter | undefined {
  const parsed = parseAt(text, 0, 0, anybody)
  return parsed?.end === text.length ? parsed.filter : undefined
}

/** Writes a filter; the name is an assertion value or a part of one, and cannot become anything else. */
export function writeFilter(writer: BerWriter, filter: Filter, username: string): void {
  if (filter === placeholder) writer.characters(username)
  else if (isFixed(filter)) writer.raw(filter)
  else {
    const end = writer.length
    for (let index = filter.parts.length - 1; index >= 0; index--) {
      const part = filter.parts[index]
      if (part !== undefined) writeFilter(writer, part, username)
    }
    writer.header(filter.tag, end)
  }
}

interface Parsed {
  readonly filter: Filter
  readonly end: number
}

function parseAt(text: string, start: number, depth: number, anybody: boolean): Parsed | undefined {
  if (text[start] !== '(' || depth > deepest) return undefined
  const operator = text[start + 1] ?? ''
  const tag = setTags[operator]
  if (tag === undefined) {
    item.lastIndex = start
    const match = item.exec(text)
    const filter = match && parseItem(match, anybody)
    return filter ? { filter, end: start + match[0].length } : undefined
  }
  const parts: Filter[] = []
  let end = start + 2
  do {
    const part = parseAt(text, end, depth + 1, anybody)
    if (!part) return undefined
    parts.push(part.filter)
    end = part.end
  } while (operator !== '!' && text[end] === '(')
  return text[end] === ')' ? { filter: element(tag, parts), end: end + 1 } : undefined
}

function parseItem(match: RegExpExecArray, anybody: boolean): Filter | undefined {
  const [, name = '', operator, compared = '', type, dn, rule, matched = ''] = match
  if (operator === undefined) {
    // RFC 4515 §3: an extensible filter names an attribute, a matching rule, or both.
    if (type === undefined && rule === undefined) return undefined
    return element(extensibleTag, [
      ...(rule === undefined ? [] : [element(0x81, [Buffer.from(rule)])]),
      ...(type === undefined ? [] : [element(0x82, [Buffer.from(type)])]),
      element(0x83, assertion(matched, anybody)),
      ...(dn === undefined ? [] : [element(0x84, [Buffer.of(0xff)])]),
    ])
  }
  const described = element(octetString, [Buffer.from(name)])
  if (operator !== '=') {
    return element(comparisonTags[operator] ?? 0, [described, element(octetString, assertion(compared, anybody))])
  }
  const pieces = (anybody ? compared.replaceAll(placeholder, '*') : compared).split('*')
  if (pieces.length === 1) {
    return element(comparisonTags['='] ?? 0, [described, element(octetString, assertion(compared))])
  }
  const last = pieces.length - 1
  const substrings = pieces.flatMap((piece, index) => {
    const tag = index === 0 ? 0x80 : index === last ? 0x82 : 0x81
    // RFC 4511 §4.5.1.7.2 has no use for a part without octets: a**b is a*b.
    return piece === '' ? [] : [element(tag, assertion(piece))]
  })
  if (substrings.length === 0) return element(presentTag, [Buffer.from(name)])
  return element(substringsTag, [described, element(sequence, substrings)])
}

/** The parts of one assertion value. */
function assertion(text: string, anybody = false): Filter[] {
  // Outside a substring nothing means “anything”: an asterisk is itself.
  const pieces = (anybody ? text.replaceAll(placeholder, '*') : text).split(placeholder)
  return pieces.flatMap((piece, index) => (index === 0 ? [unescape(piece)] : [placeholder, unescape(piece)]))
}

/** The octets of a value: UTF-8, and `\xx` for an octet that cannot be written as itself. */
function unescape(text: string): Buffer {
  const pieces = text.split(/\\([0-9a-f]{2})/i)
  return Buffer.concat(pieces.map((piece, index) => Buffer.from(piece, index % 2 === 0 ? 'utf8' : 'hex')))
}

/** An element; one without a place for the name is encoded now. */
function element(tag: number, parts: readonly Filter[]): Filter {
  if (!parts.every(isFixed)) return { tag, parts }
  const writer = new BerWriter()
  for (const part of parts.toReversed()) writer.raw(part)
  writer.header(tag, 0)
  return writer.finish()
}

function isFixed(filter: Filter): filter is Buffer {
  return typeof filter !== 'string' && !('parts' in filter)
}
