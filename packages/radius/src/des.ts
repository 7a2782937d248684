/** Single DES of one block, which MS-CHAP encrypts challenges and hashes with. */
import { createCipheriv, createDecipheriv } from 'node:crypto'

const keyBytes = 7
const blockBytes = 8

/**
 * Encrypts 8 octets under 56 bits of key, given as 7 octets.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.6 RFC 2759 §8.6, DesEncrypt}
 */
export function desEncrypt(clear: Uint8Array, key: Uint8Array): Uint8Array {
  return des(clear, key, false)
}

/** Undoes {@link desEncrypt}. */
export function desDecrypt(cypher: Uint8Array, key: Uint8Array): Uint8Array {
  return des(cypher, key, true)
}

/**
 * Spreads 7 octets over 8, seven bits each. The lowest bit is for parity, which DES does not read.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.6 RFC 2759 §8.6}
 */
function spread(key: Uint8Array): Uint8Array {
  let bits = 0n
  for (const octet of key) bits = (bits << 8n) | BigInt(octet)
  return Uint8Array.from({ length: 8 }, (_, index) => Number((bits >> BigInt(49 - index * 7)) & 0x7fn) << 1)
}

function des(block: Uint8Array, key: Uint8Array, isDecryption: boolean): Uint8Array {
  if (block.length !== blockBytes) throw new TypeError('a DES block has 8 octets')
  if (key.length !== keyBytes) throw new TypeError('a DES key has 7 octets')
  const single = spread(key)
  // OpenSSL 3 has put single DES away; triple DES under three equal keys is the same.
  const tripled = Buffer.concat([single, single, single])
  const cipher = (isDecryption ? createDecipheriv : createCipheriv)('des-ede3-ecb', tripled, null)
  cipher.setAutoPadding(false)
  return Uint8Array.from(Buffer.concat([cipher.update(block), cipher.final()]))
}
