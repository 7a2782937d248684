/** The requests that this package sends, each as one buffer. */
import { BerWriter } from './ber-writer.ts'
import { writeFilter, type Filter } from './filter.ts'
import { passwordPolicyOid } from './password-policy.ts'
import { controls, enumerated, octetString, requestTags, sequence } from './tags.ts'

/** What all searches of one kind share, encoded once: only the user's name is put in for each. */
export interface PreparedSearch {
  /** From the base DN to the limits. */
  readonly head: Buffer
  readonly filter: Filter
  readonly attributes: Buffer
  /** Most entries that are wanted, at least 1. */
  readonly sizeLimit: number
}

export interface SearchOptions {
  readonly baseDn: string
  readonly scope: 'base' | 'one' | 'sub'
  readonly filter: Filter
  /** `1.1` alone asks for none (RFC 4511 §4.5.1.8). */
  readonly attributes: readonly string[]
  /** At least 1: no search may bring any number of entries. */
  readonly sizeLimit: number
  /** How long the server may search before it gives up; 10 s unless told. */
  readonly timeLimitSeconds?: number
}

/** Controls ::= [0] { Control { controlType } }: not critical, and without a value. */
const bindControls = (() => {
  const writer = new BerWriter()
  writer.text(octetString, passwordPolicyOid)
  writer.header(sequence, 0)
  writer.header(controls, 0)
  return writer.finish()
})()

/**
 * A simple bind of version 3, with the password policy control.
 * @see {@link https://www.rfc-editor.org/rfc/rfc4511#section-4.2 RFC 4511 §4.2}
 */
export function encodeBind(messageId: number, dn: string, password: string): Buffer {
  const writer = new BerWriter()
  writer.raw(bindControls)
  const end = writer.length
  writer.text(0x80, password)
  writer.text(octetString, dn)
  writer.integer(3)
  writer.header(requestTags.bind, end)
  return finishMessage(writer, messageId)
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc4511#section-4.3 RFC 4511 §4.3} */
export function encodeUnbind(messageId: number): Buffer {
  const writer = new BerWriter(16)
  writer.header(requestTags.unbind, 0)
  return finishMessage(writer, messageId)
}

const scopes = { base: 0, one: 1, sub: 2 } as const
const neverDereference = 0
const usualTimeLimitSeconds = 10
const typesAndValues = Buffer.from([0x01, 0x01, 0x00])

/** Encodes what does not depend on the user. */
export function prepareSearch(options: SearchOptions): PreparedSearch {
  const { baseDn, scope, filter, attributes, sizeLimit, timeLimitSeconds = usualTimeLimitSeconds } = options
  const head = new BerWriter()
  head.raw(typesAndValues)
  head.integer(timeLimitSeconds)
  head.integer(sizeLimit)
  head.integer(neverDereference, enumerated)
  head.integer(scopes[scope], enumerated)
  head.text(octetString, baseDn)
  const wanted = new BerWriter()
  for (const attribute of attributes.toReversed()) wanted.text(octetString, attribute)
  wanted.header(sequence, 0)
  return { head: head.finish(), filter, attributes: wanted.finish(), sizeLimit }
}

/**
 * A search; the user's name stands in every place that the filter has for it, octet by octet. `controls` are encoded already.
 * @see {@link https://www.rfc-editor.org/rfc/rfc4511#section-4.5.1 RFC 4511 §4.5.1}
 */
export function encodeSearch(messageId: number, search: PreparedSearch, username: string, controls?: Buffer): Buffer {
  const writer = new BerWriter()
  if (controls !== undefined) writer.raw(controls)
  const end = writer.length
  writer.raw(search.attributes)
  writeFilter(writer, search.filter, username)
  writer.raw(search.head)
  writer.header(requestTags.search, end)
  return finishMessage(writer, messageId)
}

/** RFC 4511 §4.1.1: LDAPMessage ::= SEQUENCE { messageID, protocolOp, controls OPTIONAL } */
function finishMessage(writer: BerWriter, messageId: number): Buffer {
  writer.integer(messageId)
  writer.header(sequence, 0)
  return writer.finish()
}
