/** Attributes that a server may be told to put into an Access-Accept, and their values as a person writes them. */
import { attribute, type WritableValue } from './attributes.ts'
import type { DataType, Definition } from './dictionary/definition.ts'
import { definitionOf, dictionarySources, type AttributeName } from './dictionary/index.ts'
import { decodeTlvs, encodeTlvs } from './tlv.ts'
import { hideSalted } from './salted.ts'
import type { Attribute } from './packet.ts'
import type { SharedSecret } from './shared-secret.ts'
import { readVendorValue, vendorSpecificType, writeVendorValue } from './vendor.ts'
import { codecs } from './data-types.ts'
import { writeTagged } from './tagged.ts'

/** The data types that can be written as text. */
const writable: ReadonlySet<DataType> = new Set<DataType>([
  ...(['integer', 'enum', 'text', 'string', 'ipv4addr', 'ipv6addr', 'ipv4prefix', 'ipv6prefix'] as const),
])

/** RFC 2865 §5.44 and its like: what a request alone carries, or what the server itself answers with. */
const notForRules =
  /^(NAS-(IP|IPv6|Port|Identifier)|User-Password|CHAP-|State$|Proxy-State|Vendor-Specific|Called-|Calling-|Acct-(?!Interim)|Event-|ARAP-|EAP|Message-Auth|Connect-Info|Digest-|SIP-|Error-Cause|Frag-|Response-Length|Original-|Extended-|MS-(CHAP|ARAP|Old|New|MPPE-(Send|Recv)|RAS|Acct))/

/** The attributes that can be put into an Access-Accept by name, by where they are from. */
export const replyAttributes: typeof dictionarySources = dictionarySources
  .map(({ source, names }) => ({ source, names: names.filter(isReplyAttribute) }))
  .filter(({ names }) => names.length > 0)

export function isReplyAttribute(name: AttributeName): boolean {
  const { dataType, concealment } = definitionOf(name)
  if (notForRules.test(name) || !writable.has(dataType)) return false
  return concealment === undefined || concealment === 'salted'
}

/** Why a text is no value of an attribute. */
export type TextProblem = 'empty' | 'too-long' | 'hexadecimal' | 'named-value' | DataType

export interface Hiding {
  readonly secret: SharedSecret
  /** That of the request which the packet answers. */
  readonly authenticator: Uint8Array
  /** Unlike every other in the packet: see `createSalts`. */
  readonly nextSalt: () => Uint8Array
}

export type ReadText =
  | { readonly ok: true; readonly write: (hiding: Hiding) => readonly Attribute[] }
  | { readonly ok: false; readonly problem: TextProblem }

/** RFC 2868 §3.5 leaves this much beside tag, salt and length. */
const maximumHiddenBytes = 239

/**
 * Reads a value as a person writes it: a number or its name, an address, text, or octets as `0x…`.
 * @param tag 0 to 31, 0 for none; of no use where the attribute has no tag
 */
export function readAttributeText(name: AttributeName, text: string, tag = 0): ReadText {
  const definition = definitionOf(name)
  if (text === '') return { ok: false, problem: 'empty' }
  if (definition.concealment === 'salted') return readHidden(name, text, tag)
  const value = valueOf(text, definition)
  if (value === undefined) return { ok: false, problem: problemOf(definition, text) }
  const octets = definition.tagged
    ? writeTagged({ tag, value: value as never }, definition.dataType)
    : (codecs[definition.dataType] as { write(value: unknown): Uint8Array | undefined }).write(value)
  if (!octets) return { ok: false, problem: problemOf(definition, text) }
  if (octets.length > (definition.path.space === 'vendor' ? 247 : 253)) return { ok: false, problem: 'too-long' }
  const made = attributesOf(name, definition.tagged ? { tag, value } : value)
  return { ok: true, write: () => made }
}

/** The same attributes without those of one name, also where a Vendor-Specific attribute holds several. */
export function withoutAttribute(attributes: readonly Attribute[], name: AttributeName): readonly Attribute[] {
  const { path } = definitionOf(name)
  if (path.space !== 'vendor') return attributes.filter(({ type }) => type !== path.type)
  return attributes.flatMap((each) => {
    const vendor = each.type === vendorSpecificType ? readVendorValue(each.value) : undefined
    const inner = vendor?.vendorId === path.vendorId ? decodeTlvs(vendor.data) : undefined
    if (!vendor || !inner?.some(({ type }) => type === path.type)) return [each]
    const rest = inner.filter(({ type }) => type !== path.type)
    if (rest.length === 0) return []
    return [
      {
        type: each.type,
        value: writeVendorValue({ vendorId: vendor.vendorId, data: encodeTlvs(rest) }),
      },
    ]
  })
}

function readHidden(name: AttributeName, text: string, tag: number): ReadText {
  const plain = new TextEncoder().encode(text)
  if (plain.length > maximumHiddenBytes) return { ok: false, problem: 'too-long' }
  return {
    ok: true,
    write({ secret, authenticator, nextSalt }) {
      const value = hideSalted(plain, secret, authenticator, nextSalt())
      return attributesOf(name, definitionOf(name).tagged ? { tag, value } : value)
    },
  }
}

function attributesOf(name: AttributeName, value: unknown): readonly Attribute[] {
  return [attribute(name, value as WritableValue<AttributeName> as never)]
}

function valueOf(text: string, { dataType, values }: Definition): unknown {
  switch (dataType) {
    case 'integer':
      return /^\d{1,10}$/.test(text) ? Number(text) : undefined
    case 'enum':
      if (values && Object.hasOwn(values, text)) return values[text]
      return /^\d{1,10}$/.test(text) ? Number(text) : undefined
    case 'string': {
      if (!/^0x/i.test(text)) return new TextEncoder().encode(text)
      return /^0x([0-9a-f]{2})+$/i.test(text) ? new Uint8Array(Buffer.from(text.slice(2), 'hex')) : undefined
    }
    default:
      return text
  }
}

function problemOf({ dataType }: Definition, text: string): TextProblem {
  if (dataType === 'enum') return 'named-value'
  if (dataType === 'string' && /^0x/i.test(text)) return 'hexadecimal'
  return dataType
}
