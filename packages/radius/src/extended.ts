/** RFC 6929's extended attributes: more types, and values longer than one attribute can hold. */
import { EncodeError } from './encode.ts'
import { maximumValueBytes, type Attribute } from './packet.ts'

/** An extended attribute, put together from its fragments where it had several. */
export interface ExtendedAttribute {
  /** 241 to 246. */
  readonly type: number
  readonly extendedType: number
  readonly value: Uint8Array
}

/** What an Extended-Vendor-Specific attribute holds. */
export interface ExtendedVendorValue {
  readonly vendorId: number
  readonly vendorType: number
  readonly data: Uint8Array
}

/** Types whose values may continue: they carry a flags octet (RFC 6929 §2.2). */
const isLong = (type: number) => type === 245 || type === 246
const moreFlag = 0x80

/**
 * The extended attributes among `attributes`, fragments joined. One that is malformed (no extended type; a fragment
 * that promises more and is followed by something else) is left out, as RFC 6929 §2.8 asks.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6929#section-2 RFC 6929 §2}
 */
export function readExtendedAttributes(attributes: readonly Attribute[]): readonly ExtendedAttribute[] {
  const found: ExtendedAttribute[] = []
  let open: { readonly type: number; readonly extendedType: number; readonly parts: Uint8Array[] } | undefined
  for (const { type, value } of attributes) {
    const extendedType = value[0]
    if (type < 241 || type > 246 || extendedType === undefined || (isLong(type) && value.length < 2)) {
      open = undefined
      continue
    }
    if (!isLong(type)) {
      open = undefined
      found.push({ type, extendedType, value: value.subarray(1) })
      continue
    }
    if (open && (open.type !== type || open.extendedType !== extendedType)) open = undefined
    const parts: Uint8Array[] = open?.parts ?? []
    parts.push(value.subarray(2))
    if (((value[1] ?? 0) & moreFlag) !== 0) {
      open = { type, extendedType, parts }
    } else {
      found.push({ type, extendedType, value: parts.length === 1 ? value.subarray(2) : joinOctets(parts) })
      open = undefined
    }
  }
  return found
}

/** Encodes an extended attribute, in fragments where it is long. Throws {@link EncodeError} when it does not fit. */
export function extendedAttribute({ type, extendedType, value }: ExtendedAttribute): readonly Attribute[] {
  if (type < 241 || type > 246) {
    throw new EncodeError('attribute-type-out-of-range', `${type} is not an extended attribute type`)
  }
  if (!isLong(type)) {
    if (value.length > maximumValueBytes - 1) {
      throw new EncodeError('attribute-too-long', `attribute ${type}.${extendedType} has ${value.length} of 252 octets`)
    }
    return [{ type, value: Uint8Array.of(extendedType, ...value) }]
  }
  const room = maximumValueBytes - 2
  const fragments: Attribute[] = []
  for (let at = 0; at === 0 || at < value.length; at += room) {
    const more = at + room < value.length ? moreFlag : 0
    fragments.push({ type, value: Uint8Array.of(extendedType, more, ...value.subarray(at, at + room)) })
  }
  return fragments
}

/** Reads an Extended-Vendor-Specific value; undefined when it is too short. RFC 6929 §2.4. */
export function readExtendedVendorValue(value: Uint8Array): ExtendedVendorValue | undefined {
  if (value.length < 5) return undefined
  const vendorId = new DataView(value.buffer, value.byteOffset).getUint32(0)
  return { vendorId, vendorType: value[4] ?? 0, data: value.subarray(5) }
}

/** Writes an Extended-Vendor-Specific value. */
export function writeExtendedVendorValue({ vendorId, vendorType, data }: ExtendedVendorValue): Uint8Array {
  const value = new Uint8Array(5 + data.length)
  new DataView(value.buffer).setUint32(0, vendorId)
  value[4] = vendorType
  value.set(data, 5)
  return value
}

/** Joins octets that lie apart. */
export function joinOctets(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
