/** Describes a packet attribute by attribute, for a person who reads a trace; what is hidden stays hidden. */
import { codecs } from './data-types.ts'
import type { AttributePath, Definition } from './dictionary/definition.ts'
import { attributeName, definitionOf, nameAt, valueName, type AttributeName } from './dictionary/index.ts'
import { readExtendedAttributes } from './extended.ts'
import type { Attribute, Packet } from './packet.ts'
import { readTagged } from './tagged.ts'
import { decodeTlvs } from './tlv.ts'
import { readVendorValue, vendorSpecificType } from './vendor.ts'

export interface DescribedAttribute {
  /** `User-Name`; `Vendor-99999-Attribute-1` or `Attribute-200` when it is unknown. */
  readonly name: string
  /** Text as it is, octets in hexadecimal, secrets as `••••`. */
  readonly value: string
}

const mask = '••••'

/**
 * Every attribute of a packet in the order of the wire, vendor attributes unpacked. Passwords, proofs of passwords
 * and keys are masked; control characters in text are escaped. Never throws.
 */
export function describeAttributes(packet: Pick<Packet, 'attributes'>): readonly DescribedAttribute[] {
  return packet.attributes.flatMap((attribute) => {
    if (attribute.type === vendorSpecificType) return describeVendor(attribute)
    if (attribute.type >= 241 && attribute.type <= 246) return describeExtended(attribute)
    return [describe({ space: 'standard', type: attribute.type }, attribute.value)]
  })
}

function describeVendor(attribute: Attribute): readonly DescribedAttribute[] {
  const vendor = readVendorValue(attribute.value)
  const inner = vendor && decodeTlvs(vendor.data)
  if (!vendor || !inner) return [{ name: attributeName(vendorSpecificType), value: hex(attribute.value) }]
  return inner.map(({ type, value }) => describe({ space: 'vendor', vendorId: vendor.vendorId, type }, value))
}

function describeExtended(attribute: Attribute): readonly DescribedAttribute[] {
  const [whole] = readExtendedAttributes([attribute])
  if (!whole) return [{ name: attributeName(attribute.type), value: hex(attribute.value) }]
  const { type, extendedType, value } = whole
  return [describe({ space: 'extended', type, extendedType }, value)]
}

function describe(path: AttributePath, octets: Uint8Array): DescribedAttribute {
  const name = nameAt(path)
  if (!name) return { name: unknownName(path), value: hex(octets) }
  const definition = definitionOf(name)
  if (definition.concealment) return { name, value: mask }
  if (!definition.tagged) return { name, value: show(codecs[definition.dataType].read(octets), octets, name) }
  const tagged = readTagged(octets, definition.dataType, false)
  const tag = tagged && tagged.tag > 0 ? `:${tagged.tag}` : ''
  return { name: `${name}${tag}`, value: show(tagged?.value, octets, name) }
}

function show(value: ReadableValue | undefined, octets: Uint8Array, name: AttributeName): string {
  if (typeof value === 'string') return escapeControls(value)
  if (typeof value === 'number') {
    return definitionOf(name).dataType === 'time'
      ? new Date(value * 1000).toISOString()
      : (valueName(name, value) ?? String(value))
  }
  if (typeof value === 'bigint') return String(value)
  // Octets that are printable (a State in base64url, a Class) read better as they are.
  const text = definitionOf(name).dataType === 'string' ? printable(octets) : undefined
  return text ?? hex(octets)
}

type ReadableValue = NonNullable<ReturnType<(typeof codecs)[Definition['dataType']]['read']>>

function unknownName(path: AttributePath): string {
  switch (path.space) {
    case 'standard':
      return `Attribute-${path.type}`
    case 'vendor':
      return `Vendor-${path.vendorId}-Attribute-${path.type}`
    case 'extended':
      return `Attribute-${path.type}.${path.extendedType}`
  }
}

function printable(octets: Uint8Array): string | undefined {
  if (octets.length === 0 || !octets.every((octet) => octet >= 0x20 && octet < 0x7f)) return undefined
  return String.fromCharCode(...octets)
}

function escapeControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

function hex(octets: Uint8Array): string {
  return `0x${Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('hex')}`
}
