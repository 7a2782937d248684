/** The ciphers and MACs that PSKC names by URI (RFC 6030 §6, XML Encryption 1.1). */
import { createDecipheriv, createHmac } from 'node:crypto'

interface Cipher {
  readonly keyBytes: number
  /** Whether it notices by itself that a value was altered, or the key is another one. */
  readonly protectsIntegrity: boolean
  /** Undefined: not what this key would have made. */
  readonly open: (key: Uint8Array, value: Uint8Array) => Buffer | undefined
}

const blockBytes = 16

/** The IV comes first; the last octet says how many are padding (XML Encryption §5.2.1). */
function cbc(bits: 128 | 192 | 256): Cipher {
  const open = (key: Uint8Array, value: Uint8Array) => {
    if (value.length < 2 * blockBytes || value.length % blockBytes !== 0) return undefined
    const decipher = createDecipheriv(`aes-${bits}-cbc`, key, value.subarray(0, blockBytes)).setAutoPadding(false)
    const padded = Buffer.concat([decipher.update(value.subarray(blockBytes)), decipher.final()])
    const padding = padded[padded.length - 1] ?? 0
    return padding < 1 || padding > blockBytes ? undefined : padded.subarray(0, padded.length - padding)
  }
  return { keyBytes: bits / 8, protectsIntegrity: false, open }
}

/** RFC 3394 with its own initial value, and RFC 5649 with the one that takes any length. */
function wrapped(bits: 128 | 192 | 256, isPadded: boolean): Cipher {
  const [name, initial] = isPadded ? [`id-aes${bits}-wrap-pad`, 'a65959a6'] : [`id-aes${bits}-wrap`, 'a6a6a6a6a6a6a6a6']
  const open = (key: Uint8Array, value: Uint8Array) => {
    try {
      const decipher = createDecipheriv(name, key, Buffer.from(initial, 'hex'))
      return Buffer.concat([decipher.update(value), decipher.final()])
    } catch {
      return undefined
    }
  }
  return { keyBytes: bits / 8, protectsIntegrity: true, open }
}

const xmlenc = 'http://www.w3.org/2001/04/xmlenc#'
const xmlenc11 = 'http://www.w3.org/2009/xmlenc11#'
const sizes = [128, 192, 256] as const

export const ciphers: ReadonlyMap<string, Cipher> = new Map(
  sizes.flatMap((bits): [string, Cipher][] => [
    [`${xmlenc}aes${bits}-cbc`, cbc(bits)],
    [`${xmlenc}kw-aes${bits}`, wrapped(bits, false)],
    [`${xmlenc11}kw-aes-${bits}-pad`, wrapped(bits, true)],
  ]),
)

const hmacs: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#hmac-sha1', 'sha1'],
  ['http://www.w3.org/2001/04/xmldsig-more#hmac-sha224', 'sha224'],
  ['http://www.w3.org/2001/04/xmldsig-more#hmac-sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#hmac-sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmldsig-more#hmac-sha512', 'sha512'],
])

/** Undefined: not one that is known. */
export function hmacOf(algorithm: string): ((key: Uint8Array, value: Uint8Array) => Buffer) | undefined {
  const hash = hmacs.get(algorithm)
  return hash === undefined ? undefined : (key, value) => createHmac(hash, key).update(value).digest()
}

const prfs: ReadonlyMap<string, string> = new Map([
  // RFC 8018 A.2: without a word it is HMAC-SHA-1.
  ['', 'sha1'],
  ['http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#hmac-sha1', 'sha1'],
  ...hmacs,
])

/** The hash behind a pseudorandom function of PBKDF2; undefined: not one that is known. */
export function prfHash(algorithm: string): string | undefined {
  return prfs.get(algorithm)
}
