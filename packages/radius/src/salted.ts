/** Salted attributes: Tunnel-Password's string (after its tag) and Microsoft's MPPE keys, hidden and revealed. */
import { md5Into } from './md5.ts'
import { xorBlock } from './octets.ts'
import { revealSecret, type SharedSecret } from './shared-secret.ts'
import { digestArea, workArea } from './work-area.ts'

const blockBytes = 16
const saltBytes = 2
const maximumPlainBytes = 239

/**
 * Hides up to 239 octets: salt, then the cipher text. `salt` is two octets with the top bit set, unlike every other
 * in the packet; `requestAuthenticator` is that of the request which the packet answers.
 * Throws a RangeError when the octets are too many or the salt is malformed.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2868#section-3.5 RFC 2868 §3.5}
 */
export function hideSalted(
  plain: Uint8Array,
  secret: SharedSecret,
  requestAuthenticator: Uint8Array,
  salt: Uint8Array,
): Uint8Array {
  if (plain.length > maximumPlainBytes) throw new RangeError('a salted value has at most 239 octets')
  if (salt.length !== saltBytes || ((salt[0] ?? 0) & 0x80) === 0) {
    throw new RangeError('a salt has two octets, with the top bit set')
  }
  const hidden = new Uint8Array(saltBytes + Math.ceil((1 + plain.length) / blockBytes) * blockBytes)
  hidden.set(salt)
  hidden[saltBytes] = plain.length
  hidden.set(plain, saltBytes + 1)
  for (let at = saltBytes; at < hidden.length; at += blockBytes) {
    keystream(secret, requestAuthenticator, hidden, at)
    xorBlock(hidden, at, digestArea, hidden, at)
  }
  return hidden
}

/**
 * Reveals what {@link hideSalted} hid, or undefined when the lengths don't fit: a wrong secret, or no salted value.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2548#section-2.4.2 RFC 2548 §2.4.2}
 */
export function revealSalted(
  hidden: Uint8Array,
  secret: SharedSecret,
  requestAuthenticator: Uint8Array,
): Uint8Array | undefined {
  if (hidden.length < saltBytes + blockBytes || (hidden.length - saltBytes) % blockBytes !== 0) return undefined
  const plain = new Uint8Array(hidden.length - saltBytes)
  for (let at = saltBytes; at < hidden.length; at += blockBytes) {
    keystream(secret, requestAuthenticator, hidden, at)
    xorBlock(hidden, at, digestArea, plain, at - saltBytes)
  }
  const length = plain[0] ?? 0
  return length < plain.length ? plain.subarray(1, 1 + length) : undefined
}

/** b(1) = MD5(S + R + A), b(i) = MD5(S + c(i-1)), into the digest area. */
function keystream(secret: SharedSecret, requestAuthenticator: Uint8Array, hidden: Uint8Array, at: number): void {
  const { octets } = revealSecret(secret)
  workArea.octets.set(octets)
  let length = octets.length
  if (at === saltBytes) {
    workArea.octets.set(requestAuthenticator, length)
    workArea.octets.set(hidden.subarray(0, saltBytes), length + blockBytes)
    length += blockBytes + saltBytes
  } else {
    workArea.octets.set(hidden.subarray(at - blockBytes, at), length)
    length += blockBytes
  }
  md5Into(workArea, length, digestArea, 0)
}

/**
 * Makes salts for one packet: each with its top bit set, and unlike those before it. Randomness is drawn with the first.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2868#section-3.5 RFC 2868 §3.5}
 */
export function createSalts(random: (octets: Uint8Array) => void): () => Uint8Array {
  let next: number | undefined
  return () => {
    next ??= drawn(random)
    const salt = Uint8Array.of((next >>> 8) | 0x80, next)
    next++
    return salt
  }
}

function drawn(random: (octets: Uint8Array) => void): number {
  const start = new Uint8Array(2)
  random(start)
  return ((start[0] ?? 0) << 8) | (start[1] ?? 0)
}
