/** Reads and writes values by the data types of RFC 8044. */
import { formatIpv4, formatIpv6, parseIpv4, parseIpv6, readPrefix, writePrefix } from './addresses.ts'
import type { DataType, DataTypes } from './dictionary/definition.ts'
import { readExtendedVendorValue, writeExtendedVendorValue } from './extended.ts'
import { decodeText, encodeText } from './text.ts'
import { decodeTlvs, encodeTlvs } from './tlv.ts'
import { readVendorValue, writeVendorValue } from './vendor.ts'

export interface Codec<Value> {
  /** The value, or undefined when the octets are none of this type (RFC 6929 §2.8: as if it were absent). */
  read(octets: Uint8Array): Value | undefined
  /** The octets, or undefined when the value is out of range. */
  write(value: Value): Uint8Array | undefined
}

const unsigned32: Codec<number> = {
  read: (octets) =>
    octets.length === 4
      ? (((octets[0] ?? 0) << 24) | ((octets[1] ?? 0) << 16) | ((octets[2] ?? 0) << 8) | (octets[3] ?? 0)) >>> 0
      : undefined,
  write(value) {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) return undefined
    const octets = new Uint8Array(4)
    octets[0] = value >>> 24
    octets[1] = value >>> 16
    octets[2] = value >>> 8
    octets[3] = value
    return octets
  },
}

const octetString: Codec<Uint8Array> = { read: (octets) => octets, write: (value) => value }

/** @see {@link https://www.rfc-editor.org/rfc/rfc8044#section-3 RFC 8044 §3} */
export const codecs: { readonly [Type in DataType]: Codec<DataTypes[Type]> } = {
  integer: unsigned32,
  enum: unsigned32,
  time: unsigned32,
  text: { read: decodeText, write: encodeText },
  string: octetString,
  concat: octetString,
  ifid: {
    read: (octets) => (octets.length === 8 ? octets : undefined),
    write: (value) => (value.length === 8 ? value : undefined),
  },
  ipv4addr: { read: (octets) => (octets.length === 4 ? formatIpv4(octets) : undefined), write: parseIpv4 },
  ipv6addr: { read: (octets) => (octets.length === 16 ? formatIpv6(octets) : undefined), write: parseIpv6 },
  ipv4prefix: { read: (octets) => readPrefix(octets, 4), write: (value) => writePrefix(value, 4) },
  ipv6prefix: { read: (octets) => readPrefix(octets, 16), write: (value) => writePrefix(value, 16) },
  integer64: {
    read: (octets) =>
      octets.length === 8 ? new DataView(octets.buffer, octets.byteOffset).getBigUint64(0) : undefined,
    write(value) {
      if (value < 0n || value > 0xffffffffffffffffn) return undefined
      const octets = new Uint8Array(8)
      new DataView(octets.buffer).setBigUint64(0, value)
      return octets
    },
  },
  tlv: { read: decodeTlvs, write: encodeTlvs },
  vsa: { read: readVendorValue, write: writeVendorValue },
  evs: { read: readExtendedVendorValue, write: writeExtendedVendorValue },
}
