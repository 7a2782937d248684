/** Attributes inside an attribute (RFC 6929 §2.3, RFC 8044 §3.13). */
import { EncodeError } from './encode.ts'
import type { Attribute } from './packet.ts'

/** Decodes a sequence of type, length and value that fills `data` exactly; undefined when it is malformed. */
export function decodeTlvs(data: Uint8Array): readonly Attribute[] | undefined {
  const found: Attribute[] = []
  for (let at = 0; at < data.length;) {
    const length = data[at + 1] ?? 0
    if (at + 2 > data.length || length < 2 || at + length > data.length) return undefined
    found.push({ type: data[at] ?? 0, value: data.subarray(at + 2, at + length) })
    at += length
  }
  return found
}

/** Encodes a sequence of type, length and value; throws {@link EncodeError} for values beyond 253 octets. */
export function encodeTlvs(attributes: readonly Attribute[]): Uint8Array {
  const data = new Uint8Array(attributes.reduce((sum, { value }) => sum + 2 + value.length, 0))
  let at = 0
  for (const { type, value } of attributes) {
    if (value.length > 253) throw new EncodeError('attribute-too-long', `TLV ${type} has ${value.length} of 253 octets`)
    data[at] = type
    data[at + 1] = 2 + value.length
    data.set(value, at + 2)
    at += 2 + value.length
  }
  return data
}
