/** Checks a server's message against the grammar of RFC 4511, to the last octet, before the client library reads it. */
import { BerCursor, MalformedBer } from './ber.ts'

export interface Response {
  /** 0 is an unsolicited notification (RFC 4511 §4.4). */
  readonly messageId: number
  /** The protocolOp's tag: a key of `operations`. */
  readonly tag: number
  /** Undefined where more answers to the same request follow. */
  readonly resultCode: number | undefined
}

const integer = 0x02
const boolean = 0x01
const octetString = 0x04
const enumerated = 0x0a
const sequence = 0x30
const set = 0x31
const controls = 0xa0

export const responseTags = { bind: 0x61, entry: 0x64, searchDone: 0x65, reference: 0x73, extended: 0x78 } as const

/** The content of each response; what returns a number is the last answer to its request, and the number its result code. */
const operations: Readonly<Record<number, (cursor: BerCursor) => number | undefined>> = {
  [responseTags.bind]: checkResult,
  [responseTags.searchDone]: checkResult,
  [responseTags.extended]: checkResult,
  [responseTags.entry]: checkEntry,
  [responseTags.reference]: (cursor) => {
    while (!cursor.isAtEnd()) cursor.skip(octetString)
    return undefined
  },
}

/**
 * Checks one whole message. It is the grammar that counts and not only that lengths fit: the client library loses its
 * place in a control with an element too many, and then loops; and it takes a missing result code for success.
 * @throws MalformedBer
 * @see {@link https://www.rfc-editor.org/rfc/rfc4511#section-4.1.1 RFC 4511 §4.1.1}
 */
export function checkResponse(bytes: Uint8Array): Response {
  const cursor = new BerCursor(bytes)
  const afterMessage = cursor.enter(sequence)
  const messageId = cursor.integer(integer)
  // RFC 4511 §4.1.1: MessageID ::= INTEGER (0 .. maxInt)
  if (messageId < 0) throw new MalformedBer('a negative message ID')
  const tag = cursor.peek() ?? 0
  const check = operations[tag]
  if (!check) throw new MalformedBer('an operation that is no response')
  const afterOperation = cursor.enter(tag)
  const resultCode = check(cursor)
  cursor.leave(afterOperation)
  if (!cursor.isAtEnd()) checkControls(cursor)
  cursor.leave(afterMessage)
  if (!cursor.isAtEnd()) throw new MalformedBer('more than one message')
  return { messageId, tag, resultCode }
}

/** RFC 4511 §4.1.9: LDAPResult, and what may follow it (a referral, SASL credentials, what later versions add). */
function checkResult(cursor: BerCursor): number {
  const resultCode = cursor.integer(enumerated)
  cursor.skip(octetString)
  cursor.skip(octetString)
  while (!cursor.isAtEnd()) {
    // The client library would take it for the message's controls.
    if (cursor.peek() === controls) throw new MalformedBer('controls in the wrong place')
    cursor.skipTree()
  }
  return resultCode
}

/** RFC 4511 §4.5.2: SearchResultEntry. */
function checkEntry(cursor: BerCursor): undefined {
  cursor.skip(octetString)
  const afterAttributes = cursor.enter(sequence)
  while (!cursor.isAtEnd()) {
    const afterAttribute = cursor.enter(sequence)
    cursor.skip(octetString)
    const afterValues = cursor.enter(set)
    while (!cursor.isAtEnd()) cursor.skip(octetString)
    cursor.leave(afterValues)
    cursor.leave(afterAttribute)
  }
  cursor.leave(afterAttributes)
}

/** RFC 4511 §4.1.11: Controls. */
function checkControls(cursor: BerCursor): void {
  const afterControls = cursor.enter(controls)
  while (!cursor.isAtEnd()) {
    const afterControl = cursor.enter(sequence)
    cursor.skip(octetString)
    if (cursor.peek() === boolean) cursor.integer(boolean, 1)
    if (cursor.peek() === octetString) cursor.skip(octetString)
    cursor.leave(afterControl)
  }
  cursor.leave(afterControls)
}
