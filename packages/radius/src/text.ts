/** UTF-8, strictly: octets that are not are no text. Short ASCII, which is nearly all of RADIUS, takes a short cut. */
import { octetAt } from './octets.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** The text of octets, or undefined when they are not UTF-8 (RFC 8044 §3.4). */
export function decodeText(octets: Uint8Array): string | undefined {
  let highest = 0
  for (let index = 0; index < octets.length; index++) highest |= octetAt(octets, index)
  if (highest < 0x80 && octets.length < 256) return String.fromCharCode.apply(null, octets as unknown as number[])
  try {
    return strict.decode(octets)
  } catch {
    return undefined
  }
}

export function encodeText(text: string): Uint8Array {
  const octets = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit >= 0x80) return encoder.encode(text)
    octets[index] = unit
  }
  return octets
}
