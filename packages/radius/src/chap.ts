/** CHAP: the response that a client computes from a password, and its check in constant time. */
import { timingSafeEqual } from 'node:crypto'

import { md5 } from './md5.ts'
import type { Packet } from './packet.ts'

export const chapPasswordType = 3

/**
 * The value of CHAP-Password: the identifier, and MD5(identifier + password + challenge); 17 octets.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-5.3 RFC 2865 §5.3}
 */
export function chapPassword(identifier: number, password: Uint8Array, challenge: Uint8Array): Uint8Array {
  return Uint8Array.of(identifier, ...md5(Uint8Array.of(identifier), password, challenge))
}

/** Whether a packet's CHAP-Password was made from this password; false too when it is absent or malformed. */
export function verifyChapPassword(
  packet: Pick<Packet, 'attributes' | 'authenticator'>,
  password: Uint8Array,
): boolean {
  const response = packet.attributes.find(({ type }) => type === chapPasswordType)?.value
  if (response?.length !== 17) return false
  // RFC 2865 §5.40: without CHAP-Challenge, the Request Authenticator is the challenge.
  const challenge = packet.attributes.find(({ type }) => type === 60)?.value ?? packet.authenticator
  return timingSafeEqual(response, chapPassword(response[0] ?? 0, password, challenge))
}
