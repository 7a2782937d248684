/** Request and Response Authenticators: computed, and checked in constant time. */
import { timingSafeEqual } from 'node:crypto'

import { hasSignedAuthenticator } from './codes.ts'
import { md5Into } from './md5.ts'
import { clear } from './octets.ts'
import type { Packet } from './packet.ts'
import { revealSecret, type SharedSecret } from './shared-secret.ts'
import { digestArea, workArea } from './work-area.ts'

const authenticatorAt = 4
const authenticatorBytes = 16

/**
 * Signs an encoded packet in place: MD5(Code + ID + Length + authenticator as it stands + Attributes + Secret).
 * In a request the authenticator stands as zeros, in a response as the request's.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2866#section-3 RFC 2866 §3}
 */
export function signAuthenticator(bytes: Uint8Array, secret: SharedSecret): void {
  workArea.octets.set(bytes)
  md5Into(workArea, appendSecret(bytes.length, secret), bytes, authenticatorAt)
}

/**
 * Whether a request's authenticator is what the secret makes it. True for Access-Request and Status-Server,
 * whose authenticator is a nonce that proves nothing.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5176#section-2.3 RFC 5176 §2.3}
 */
export function verifyRequestAuthenticator(packet: Packet, secret: SharedSecret): boolean {
  if (!hasSignedAuthenticator(packet.code)) return true
  workArea.octets.set(packet.bytes)
  clear(workArea.octets, authenticatorAt, authenticatorBytes)
  return matches(packet, secret)
}

/**
 * Whether a response was made for the request with this authenticator (16 octets), by someone who knows the secret.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2865#section-3 RFC 2865 §3}
 */
export function verifyResponseAuthenticator(
  response: Packet,
  secret: SharedSecret,
  requestAuthenticator: Uint8Array,
): boolean {
  if (requestAuthenticator.length !== authenticatorBytes) return false
  workArea.octets.set(response.bytes)
  workArea.octets.set(requestAuthenticator, authenticatorAt)
  return matches(response, secret)
}

function matches(packet: Packet, secret: SharedSecret): boolean {
  md5Into(workArea, appendSecret(packet.bytes.length, secret), digestArea, 0)
  return timingSafeEqual(digestArea, packet.authenticator)
}

function appendSecret(length: number, secret: SharedSecret): number {
  const { octets } = revealSecret(secret)
  workArea.octets.set(octets, length)
  return length + octets.length
}
