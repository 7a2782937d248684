/** User-Password: hidden and read, and a guess at whether what was read is a password at all. */
import { md5Into } from './md5.ts'
import { octetAt, xorBlock } from './octets.ts'
import type { Packet } from './packet.ts'
import { revealSecret, type SharedSecret } from './shared-secret.ts'
import { encodeText } from './text.ts'
import { digestArea, workArea } from './work-area.ts'

export const userPasswordType = 2
const blockBytes = 16
const maximumPasswordBytes = 128

/**
 * Hides a password of at most 128 octets (a string is taken as UTF-8) for the request with this authenticator
 * (16 octets): 16 to 128 octets, a multiple of 16. Throws a RangeError when it is too long.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-5.2 RFC 2865 §5.2}
 */
export function hideUserPassword(
  password: string | Uint8Array,
  secret: SharedSecret,
  authenticator: Uint8Array,
): Uint8Array {
  const plain = typeof password === 'string' ? encodeText(password) : password
  if (plain.length > maximumPasswordBytes) throw new RangeError('a password has at most 128 octets in RADIUS')
  if (authenticator.length !== blockBytes) throw new TypeError('an authenticator has 16 octets')
  const hidden = new Uint8Array(Math.max(1, Math.ceil(plain.length / blockBytes)) * blockBytes)
  hidden.set(plain)
  for (let at = 0; at < hidden.length; at += blockBytes) {
    digestWithSecret(secret, at === 0 ? authenticator : hidden, Math.max(0, at - blockBytes))
    xorBlock(hidden, at, digestArea, hidden, at)
  }
  return hidden
}

/**
 * The octets of a packet's User-Password without their trailing NULs, or undefined when the attribute is absent or
 * its length is not 16 to 128 in steps of 16. Under a wrong secret they are noise: see {@link looksGarbled}.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-5.2 RFC 2865 §5.2}
 */
export function readUserPassword(
  packet: Pick<Packet, 'attributes' | 'authenticator'>,
  secret: SharedSecret,
): Uint8Array | undefined {
  const hidden = packet.attributes.find((attribute) => attribute.type === userPasswordType)?.value
  const plain = hidden && revealPadded(hidden, secret, packet.authenticator)
  if (!plain) return undefined
  let length = plain.length
  while (length > 0 && plain[length - 1] === 0) length--
  return plain.subarray(0, length)
}

/**
 * What {@link hideUserPassword} hid, with its padding; undefined when the length is not 16 to 128 in steps of 16.
 * MS-CHAP-MPPE-Keys are hidden likewise (RFC 2548 §2.4.1).
 */
export function revealPadded(
  hidden: Uint8Array,
  secret: SharedSecret,
  authenticator: Uint8Array,
): Uint8Array | undefined {
  if (hidden.length === 0 || hidden.length > maximumPasswordBytes || hidden.length % blockBytes !== 0) return undefined
  const plain = new Uint8Array(hidden.length)
  for (let at = 0; at < hidden.length; at += blockBytes) {
    digestWithSecret(secret, at === 0 ? authenticator : hidden, Math.max(0, at - blockBytes))
    xorBlock(hidden, at, digestArea, plain, at)
  }
  return plain
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Whether octets read by {@link readUserPassword} are unlikely to have been typed: not UTF-8, or with control
 * characters or NULs inside. Without a Message-Authenticator that is all that shows a wrong shared secret.
 */
export function looksGarbled(password: Uint8Array): boolean {
  try {
    return /\p{Cc}/u.test(strictUtf8.decode(password))
  } catch {
    return true
  }
}

/** MD5(secret + 16 octets of `bytes` from `at`) into the digest area. */
function digestWithSecret(secret: SharedSecret, bytes: Uint8Array, at: number): void {
  const { octets } = revealSecret(secret)
  workArea.octets.set(octets)
  for (let index = 0; index < blockBytes; index++) workArea.octets[octets.length + index] = octetAt(bytes, at + index)
  md5Into(workArea, octets.length + blockBytes, digestArea, 0)
}
