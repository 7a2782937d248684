/** Reads a server's message by the grammar of RFC 4511, to the last octet: what is not exactly that is refused. */
import { BerCursor, MalformedBer } from './ber.ts'
import { decodePasswordPolicy, noPolicy, passwordPolicyOid, type PasswordPolicy } from './password-policy.ts'
import { decodePagedResults, pagedResultsOid } from './paged-results.ts'
import { boolean, controls, enumerated, integer, octetString, responseTags, sequence, set } from './tags.ts'

/** An entry that a search found; a value that is no UTF-8 is of no use to this package, save objectSid. */
export interface Entry {
  readonly dn: string
  /** By the names that the server gives them; without a prototype, whose properties a name could be taken for. */
  readonly attributes: Readonly<Record<string, readonly string[]>>
}

/** One message of a server; message ID 0 is an unsolicited notification (RFC 4511 §4.4). */
export type Response =
  | {
      /** The last answer to its request. */
      readonly tag: typeof responseTags.bind | typeof responseTags.searchDone | typeof responseTags.extended
      readonly messageId: number
      readonly resultCode: number
      /** At most 1,000 octets of the diagnostic message. */
      readonly message: string
      /** Of an extended response (RFC 4511 §4.12). */
      readonly name: string
      readonly policy: PasswordPolicy
      /** Of a search that was asked for in pages: where the next one begins (RFC 2696), empty after the last. */
      readonly pageCookie?: Buffer
    }
  | { readonly tag: typeof responseTags.entry; readonly messageId: number; readonly entry: Entry }
  | { readonly tag: typeof responseTags.reference | typeof responseTags.intermediate; readonly messageId: number }

type Result = Extract<Response, { resultCode: number }>

const responseName = 0x8a
const intermediateName = 0x80
const intermediateValue = 0x81
/** The values that are no text and are wanted all the same, by attribute: how each is written. */
const binary: Readonly<Record<string, (octets: Buffer) => string>> = {
  objectsid: sidText,
  objectguid: guidText,
  invocationid: guidText,
}
const binaryLengths = new Set(Object.keys(binary).map(({ length }) => length))
const longestMessage = 1_000
const policyOid = Buffer.from(passwordPolicyOid)
const pagedOid = Buffer.from(pagedResultsOid)

/**
 * Reads the one message that the octets from `start` to `end` are.
 * @throws MalformedBer
 * @see {@link https://www.rfc-editor.org/rfc/rfc4511#section-4.1.1 RFC 4511 §4.1.1}
 */
export function decodeResponse(bytes: Buffer, start = 0, end = bytes.length): Response {
  const cursor = new BerCursor(bytes, start, end)
  const afterMessage = cursor.enter(sequence)
  const messageId = cursor.integer(integer)
  // RFC 4511 §4.1.1: MessageID ::= INTEGER (0 .. maxInt)
  if (messageId < 0) throw new MalformedBer('a negative message ID')
  const response = readOperation(cursor, messageId)
  cursor.leave(afterMessage)
  if (!cursor.isAtEnd()) throw new MalformedBer('more than one message')
  return response
}

function readOperation(cursor: BerCursor, messageId: number): Response {
  const tag = cursor.peek()
  switch (tag) {
    case responseTags.bind:
    case responseTags.searchDone:
    case responseTags.extended:
      return readResult(cursor, messageId, tag)
    case responseTags.entry: {
      const entry = readEntry(cursor)
      readControls(cursor)
      return { tag, messageId, entry }
    }
    case responseTags.reference:
    case responseTags.intermediate: {
      const afterOperation = cursor.enter(tag)
      if (tag === responseTags.reference) while (!cursor.isAtEnd()) cursor.skip(octetString)
      else for (const part of [intermediateName, intermediateValue]) if (cursor.peek() === part) cursor.skip(part)
      cursor.leave(afterOperation)
      readControls(cursor)
      return { tag, messageId }
    }
    default:
      throw new MalformedBer('an operation that is no response')
  }
}

/** RFC 4511 §4.1.9: LDAPResult, and what may follow it (a referral, SASL credentials, what later versions add). */
function readResult(cursor: BerCursor, messageId: number, tag: Result['tag']): Result {
  const afterOperation = cursor.enter(tag)
  const resultCode = cursor.integer(enumerated)
  cursor.skip(octetString)
  const message = cursor.text(octetString, longestMessage)
  let name = ''
  while (!cursor.isAtEnd()) {
    const next = cursor.peek()
    // A reader that is less strict would take it for the message's controls.
    if (next === controls) throw new MalformedBer('controls in the wrong place')
    if (next === responseName) name = cursor.text(responseName, longestMessage)
    else cursor.skipTree()
  }
  cursor.leave(afterOperation)
  const { policy, pageCookie } = readControls(cursor, tag)
  return { tag, messageId, resultCode, message, name, policy, ...(pageCookie && { pageCookie }) }
}

/** RFC 4511 §4.5.2: SearchResultEntry. */
function readEntry(cursor: BerCursor): Entry {
  const afterOperation = cursor.enter(responseTags.entry)
  const dn = cursor.text(octetString)
  const attributes = Object.create(null) as Record<string, string[]>
  const afterAttributes = cursor.enter(sequence)
  while (!cursor.isAtEnd()) {
    const afterAttribute = cursor.enter(sequence)
    const name = cursor.text(octetString)
    const values: string[] = []
    const asText = binaryLengths.has(name.length) ? binary[name.toLowerCase()] : undefined
    const afterValues = cursor.enter(set)
    while (!cursor.isAtEnd()) values.push(asText ? asText(cursor.octets(octetString)) : cursor.text(octetString))
    cursor.leave(afterValues)
    cursor.leave(afterAttribute)
    attributes[name] = values
  }
  cursor.leave(afterAttributes)
  cursor.leave(afterOperation)
  return { dn, attributes }
}

/** `S-1-5-21-…`, as [MS-DTYP] §2.4.2.1 writes it; empty where the octets are no SID. */
function sidText(octets: Buffer): string {
  const count = octets[1] ?? 0
  if (octets.length < 12 || octets.length !== 8 + 4 * count) return ''
  const parts = Array.from({ length: count }, (_, at) => octets.readUInt32LE(8 + 4 * at))
  return ['S', octets[0], octets.readUIntBE(2, 6), ...parts].join('-')
}

/** As Active Directory writes it ([MS-DTYP] §2.3.4.2): the first three parts have their last octet first; empty where it is none. */
function guidText(octets: Buffer): string {
  if (octets.length !== 16) return ''
  const hex = Buffer.from(octets)
  hex.subarray(0, 4).swap32()
  hex.subarray(4, 8).swap16()
  return hex.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

interface Controls {
  readonly policy: PasswordPolicy
  readonly pageCookie?: Buffer
}

const noControls: Controls = { policy: noPolicy }

/** RFC 4511 §4.1.11: Controls. Those that the operation may have been asked with are read; all others are passed over. */
function readControls(cursor: BerCursor, tag?: Result['tag']): Controls {
  let found = noControls
  if (cursor.isAtEnd()) return found
  const afterControls = cursor.enter(controls)
  while (!cursor.isAtEnd()) {
    const afterControl = cursor.enter(sequence)
    const oid = cursor.octets(octetString)
    const isPolicy = tag === responseTags.bind && oid.equals(policyOid)
    const isPage = tag === responseTags.searchDone && oid.equals(pagedOid)
    if (cursor.peek() === boolean) cursor.integer(boolean, 1)
    if (cursor.peek() === octetString) {
      const value = cursor.octets(octetString)
      if (isPolicy) found = { ...found, policy: { ...found.policy, ...decodePasswordPolicy(value) } }
      if (isPage) found = { ...found, pageCookie: decodePagedResults(value) }
    }
    cursor.leave(afterControl)
  }
  cursor.leave(afterControls)
  return found
}
