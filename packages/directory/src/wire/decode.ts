/** Reads a server's message by the grammar of RFC 4511, to the last octet: what is not exactly that is refused. */
import { BerCursor, MalformedBer } from './ber.ts'
import { decodePasswordPolicy, noPolicy, passwordPolicyOid, type PasswordPolicy } from './password-policy.ts'
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
    }
  | { readonly tag: typeof responseTags.entry; readonly messageId: number; readonly entry: Entry }
  | { readonly tag: typeof responseTags.reference | typeof responseTags.intermediate; readonly messageId: number }

type Result = Extract<Response, { resultCode: number }>

const responseName = 0x8a
const intermediateName = 0x80
const intermediateValue = 0x81
/** Active Directory’s security identifier: the one value that is no text and is wanted all the same. */
const sidName = 'objectsid'
const longestMessage = 1_000
const policyOid = Buffer.from(passwordPolicyOid)

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
  const policy = readControls(cursor, tag === responseTags.bind)
  return { tag, messageId, resultCode, message, name, policy }
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
    const isSid = name.length === sidName.length && name.toLowerCase() === sidName
    const afterValues = cursor.enter(set)
    while (!cursor.isAtEnd()) values.push(isSid ? sidText(cursor.octets(octetString)) : cursor.text(octetString))
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

/** RFC 4511 §4.1.11: Controls. The password policy's is read where it was asked for; all others are passed over. */
function readControls(cursor: BerCursor, wantsPolicy = false): PasswordPolicy {
  let policy = noPolicy
  if (cursor.isAtEnd()) return policy
  const afterControls = cursor.enter(controls)
  while (!cursor.isAtEnd()) {
    const afterControl = cursor.enter(sequence)
    const isPolicy = cursor.octets(octetString).equals(policyOid) && wantsPolicy
    if (cursor.peek() === boolean) cursor.integer(boolean, 1)
    if (cursor.peek() === octetString) {
      const value = cursor.octets(octetString)
      if (isPolicy) policy = { ...policy, ...decodePasswordPolicy(value) }
    }
    cursor.leave(afterControl)
  }
  cursor.leave(afterControls)
  return policy
}
