/** Message-Authenticator (type 80): an HMAC-MD5 over the whole packet, computed and checked in constant time. */
import { timingSafeEqual } from 'node:crypto'

import { hasSignedAuthenticator, isRequestCode } from './codes.ts'
import { hmacMd5Into } from './md5.ts'
import { clear } from './octets.ts'
import type { Packet } from './packet.ts'
import { revealSecret, type SharedSecret } from './shared-secret.ts'
import { digestArea, workArea } from './work-area.ts'

export const messageAuthenticatorType = 80
export const messageAuthenticatorBytes = 16

/** What a check of Message-Authenticator can find; `malformed` is a wrong length or more than one. */
export type MessageAuthenticatorState = 'valid' | 'absent' | 'invalid' | 'malformed'

/** Whether the packet carries the attribute, valid or not. */
export function hasMessageAuthenticator(packet: Pick<Packet, 'attributes'>): boolean {
  return packet.attributes.some((attribute) => attribute.type === messageAuthenticatorType)
}

/**
 * Checks a packet's Message-Authenticator. A response needs the authenticator of its request (16 octets), without
 * which it is `invalid`. Never throws.
 * @see {@link https://www.rfc-editor.org/rfc/rfc3579#section-3.2 RFC 3579 §3.2}
 */
export function verifyMessageAuthenticator(
  packet: Packet,
  secret: SharedSecret,
  requestAuthenticator?: Uint8Array,
): MessageAuthenticatorState {
  let found: Uint8Array | undefined
  for (const attribute of packet.attributes) {
    if (attribute.type !== messageAuthenticatorType) continue
    // RFC 3579 §3.3: at most one.
    if (found) return 'malformed'
    found = attribute.value
  }
  if (!found) return 'absent'
  if (found.length !== messageAuthenticatorBytes) return 'malformed'

  const { bytes } = packet
  workArea.octets.set(bytes)
  if (hasSignedAuthenticator(packet.code)) {
    // RFC 5176 §3.4: computed before the Request Authenticator, which stands as zeros.
    clear(workArea.octets, 4, 16)
  } else if (!isRequestCode(packet.code)) {
    if (requestAuthenticator?.length !== 16) return 'invalid'
    workArea.octets.set(requestAuthenticator, 4)
  }
  clear(workArea.octets, found.byteOffset - bytes.byteOffset, messageAuthenticatorBytes)
  hmacMd5Into(revealSecret(secret).hmacKey, workArea, bytes.length, digestArea, 0)
  return timingSafeEqual(digestArea, found) ? 'valid' : 'invalid'
}

/** Computes the attribute at `valueAt` (16 octets, zeros now) of an encoded packet, over the packet as it stands. */
export function signMessageAuthenticator(bytes: Uint8Array, valueAt: number, secret: SharedSecret): void {
  workArea.octets.set(bytes)
  hmacMd5Into(revealSecret(secret).hmacKey, workArea, bytes.length, bytes, valueAt)
}
