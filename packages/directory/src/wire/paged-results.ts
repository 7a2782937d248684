/** The control that brings a long search result in pages: simple paged results. */
import { BerCursor } from './ber.ts'
import { BerWriter } from './ber-writer.ts'
import { boolean, controls, integer, octetString, sequence } from './tags.ts'

/** @see {@link https://www.rfc-editor.org/rfc/rfc2696 RFC 2696} */
export const pagedResultsOid = '1.2.840.113556.1.4.319'

/** What asks for the first page, and what says that a page was the last. */
export const noCookie = Buffer.alloc(0)

/** Controls ::= [0] { Control { controlType, criticality TRUE, controlValue { size, cookie } } }: a server that knows no pages refuses. */
export function pagedResultsControls(pageSize: number, cookie: Buffer): Buffer {
  const value = new BerWriter(64)
  value.raw(cookie)
  value.header(octetString, 0)
  value.integer(pageSize)
  value.header(sequence, 0)
  const writer = new BerWriter(128)
  writer.raw(value.finish())
  writer.header(octetString, 0)
  writer.raw(Buffer.of(boolean, 1, 0xff))
  writer.text(octetString, pagedResultsOid)
  writer.header(sequence, 0)
  writer.header(controls, 0)
  return writer.finish()
}

/** The cookie of a control's value: realSearchControlValue ::= SEQUENCE { size INTEGER, cookie OCTET STRING }. @throws MalformedBer */
export function decodePagedResults(value: Buffer): Buffer {
  const cursor = new BerCursor(value)
  const after = cursor.enter(sequence)
  cursor.integer(integer)
  // A copy: the octets are a view of what came from the socket, which is used again.
  const cookie = Buffer.from(cursor.octets(octetString))
  cursor.leave(after)
  return cookie
}
