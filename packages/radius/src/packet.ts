/** Decodes a datagram into a packet: structure only, no secret, and a name for every way to be malformed. */
import { isPacketCode, type PacketCode } from './codes.ts'
import { octetAt } from './octets.ts'

/** One attribute as it lies on the wire. */
export interface Attribute {
  /** 1 to 255. */
  readonly type: number
  /** 0 to 253 octets; a view of the datagram when decoded, not a copy. */
  readonly value: Uint8Array
}

/** A structurally valid packet. Nothing in it has been authenticated yet. */
export interface Packet {
  readonly code: PacketCode
  /** 0 to 255. */
  readonly identifier: number
  /** 16 octets. */
  readonly authenticator: Uint8Array
  /** In the order of the wire. */
  readonly attributes: readonly Attribute[]
  /** The datagram up to its Length; what lay beyond was padding. */
  readonly bytes: Uint8Array
}

/** Each way in which a datagram can fail to be a packet. */
export const decodeFailures = [
  'too-short',
  'unknown-code',
  'length-below-header',
  'length-beyond-maximum',
  'length-beyond-datagram',
  'attribute-header-truncated',
  'attribute-type-zero',
  'attribute-length-below-two',
  'attribute-overruns-packet',
  'too-many-attributes',
] as const

export type DecodeFailure = (typeof decodeFailures)[number]

export type DecodeResult =
  { readonly ok: true; readonly packet: Packet } | { readonly ok: false; readonly failure: DecodeFailure }

/** Octets of code, identifier, length and authenticator. */
export const headerBytes = 20
/** RFC 2865 §3. */
export const maximumPacketBytes = 4096
/** A choice of this library: real packets carry a few dozen, and a flood of two-octet attributes costs memory. */
export const maximumAttributes = 256
/** RFC 2865 §5: Length is one octet and counts type and itself. */
export const maximumValueBytes = 253

/**
 * Decodes a datagram's structure. Values are views of `datagram`, which must not be changed while the packet lives.
 * Returns a failure by name, never throws.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-3 RFC 2865 §3}
 */
export function decodePacket(datagram: Uint8Array): DecodeResult {
  if (datagram.length < headerBytes) return failed('too-short')
  const code = octetAt(datagram, 0)
  if (!isPacketCode(code)) return failed('unknown-code')
  const length = (octetAt(datagram, 2) << 8) | octetAt(datagram, 3)
  if (length < headerBytes) return failed('length-below-header')
  if (length > maximumPacketBytes) return failed('length-beyond-maximum')
  // RFC 2865 §3: shorter than Length is discarded; octets beyond Length are padding.
  if (length > datagram.length) return failed('length-beyond-datagram')

  // Plain views, whatever subclass the caller's octets have: they are cheaper, and compare as what they are.
  const bytes = new Uint8Array(datagram.buffer, datagram.byteOffset, length)
  const attributes: Attribute[] = []
  for (let at = headerBytes; at < length;) {
    if (attributes.length === maximumAttributes) return failed('too-many-attributes')
    if (at + 2 > length) return failed('attribute-header-truncated')
    const type = octetAt(bytes, at)
    const attributeLength = octetAt(bytes, at + 1)
    // Type 0 is reserved (RFC 2865 §5 with the registry of RFC 3575).
    if (type === 0) return failed('attribute-type-zero')
    if (attributeLength < 2) return failed('attribute-length-below-two')
    if (at + attributeLength > length) return failed('attribute-overruns-packet')
    attributes.push({ type, value: bytes.subarray(at + 2, at + attributeLength) })
    at += attributeLength
  }
  return {
    ok: true,
    packet: { code, identifier: octetAt(bytes, 1), authenticator: bytes.subarray(4, headerBytes), attributes, bytes },
  }
}

function failed(failure: DecodeFailure): DecodeResult {
  return { ok: false, failure }
}
