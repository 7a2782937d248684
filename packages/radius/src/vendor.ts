/** Vendor-Specific attributes in the format that RFC 2865 recommends and nearly every vendor keeps. */
import { EncodeError } from './encode.ts'
import { maximumValueBytes, type Attribute } from './packet.ts'
import { decodeTlvs } from './tlv.ts'

export const vendorSpecificType = 26

/** A vendor's octets, whatever their format. */
export interface VendorValue {
  /** An IANA private enterprise number, 24 bits. */
  readonly vendorId: number
  readonly data: Uint8Array
}

/** Reads the vendor and its octets from a Vendor-Specific value; undefined when it is too short. */
export function readVendorValue(value: Uint8Array): VendorValue | undefined {
  // RFC 2865 §5.26: a vendor id and at least one octet.
  if (value.length < 5) return undefined
  const vendorId = (((value[0] ?? 0) << 24) | ((value[1] ?? 0) << 16) | ((value[2] ?? 0) << 8) | (value[3] ?? 0)) >>> 0
  return { vendorId, data: value.subarray(4) }
}

/** Writes a Vendor-Specific value. */
export function writeVendorValue({ vendorId, data }: VendorValue): Uint8Array {
  const value = new Uint8Array(4 + data.length)
  new DataView(value.buffer).setUint32(0, vendorId)
  value.set(data, 4)
  return value
}

/**
 * The attributes of one vendor in a Vendor-Specific attribute, which may hold several; undefined when it is another
 * vendor's or malformed.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-5.26 RFC 2865 §5.26}
 */
export function readVendorAttributes(attribute: Attribute, vendorId: number): readonly Attribute[] | undefined {
  if (attribute.type !== vendorSpecificType) return undefined
  const vendor = readVendorValue(attribute.value)
  return vendor?.vendorId === vendorId ? decodeTlvs(vendor.data) : undefined
}

/** A Vendor-Specific attribute with one vendor attribute of at most 247 octets; throws {@link EncodeError} beyond. */
export function vendorAttribute(vendorId: number, type: number, value: Uint8Array): Attribute {
  if (value.length > maximumValueBytes - 6) {
    throw new EncodeError('attribute-too-long', `vendor attribute ${type} has ${value.length} of 247 octets`)
  }
  const data = new Uint8Array(2 + value.length)
  data[0] = type
  data[1] = data.length
  data.set(value, 2)
  return { type: vendorSpecificType, value: writeVendorValue({ vendorId, data }) }
}
