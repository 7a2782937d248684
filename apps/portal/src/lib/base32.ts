/** Reads Base32 (RFC 4648 §6), as the server writes secrets of tokens. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(Math.floor((text.length * 5) / 8))
  let bits = 0
  let value = 0
  let at = 0
  for (const character of text) {
    const index = alphabet.indexOf(character)
    if (index < 0) throw new Error('This is no Base32.')
    value = ((value << 5) | index) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    octets[at] = (value >>> bits) & 0xff
    at += 1
  }
  return octets
}
