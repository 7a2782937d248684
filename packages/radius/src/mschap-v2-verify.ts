/** A server's side of MS-CHAPv2: checks a response, and makes what the Access-Accept must carry. */
import { randomFillSync, timingSafeEqual } from 'node:crypto'

import { attribute } from './attributes.ts'
import { mppeKeys, type MppeKeys } from './mppe.ts'
import { mschapV2Success, type MschapV2Response } from './mschap-attributes.ts'
import { generateAuthenticatorResponse, generateNtResponse, hashNtPasswordHash, ofLength } from './mschap-v2.ts'
import type { Attribute } from './packet.ts'
import { createSalts, hideSalted } from './salted.ts'
import type { SharedSecret } from './shared-secret.ts'
import { encodeText } from './text.ts'

/** What both sides saw. */
export interface MschapV2Exchange {
  /** User-Name as it came, with or without `DOMAIN\`. */
  readonly username: string | Uint8Array
  /** MS-CHAP-Challenge, 16 octets. */
  readonly authenticatorChallenge: Uint8Array
  readonly response: MschapV2Response
}

/** What proves the server to the client, and what the two encrypt with. */
export interface MschapV2Proof extends MppeKeys {
  readonly ident: number
  /** `S=` and 40 hexadecimal digits. */
  readonly success: string
}

/**
 * Whether the response was made with the password of this NT hash (16 octets), compared in constant time: the proof,
 * or undefined. The name is taken without its domain (RFC 2759 §4), then, for clients that hash it so, as it came.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-5 RFC 2759 §5}
 */
export function verifyMschapV2(
  exchange: MschapV2Exchange & { readonly ntHash: Uint8Array },
): MschapV2Proof | undefined {
  const { authenticatorChallenge, response, ntHash } = exchange
  const received = ofLength(response.ntResponse, 24, 'an NT response')
  const whole = typeof exchange.username === 'string' ? encodeText(exchange.username) : exchange.username
  const bare = withoutDomain(whole)
  for (const username of bare === whole ? [whole] : [bare, whole]) {
    const expected = generateNtResponse(authenticatorChallenge, response.peerChallenge, username, ntHash)
    if (timingSafeEqual(expected, received)) {
      return prove(hashNtPasswordHash(ntHash), username, authenticatorChallenge, response)
    }
  }
  return undefined
}

/**
 * The proof for a response that someone else verified, from the hash of the NT hash (16 octets), which is what a
 * domain controller returns as the user's session key.
 */
export function proveMschapV2(exchange: MschapV2Exchange & { readonly passwordHashHash: Uint8Array }): MschapV2Proof {
  const { username, authenticatorChallenge, response, passwordHashHash } = exchange
  const octets = typeof username === 'string' ? encodeText(username) : username
  return prove(passwordHashHash, withoutDomain(octets), authenticatorChallenge, response)
}

/**
 * The attributes of an Access-Accept after MS-CHAPv2: MS-CHAP2-Success, both MPPE keys hidden for the client, and
 * the encryption that is allowed. `requestAuthenticator` is that of the request which is answered.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2548#section-2.4 RFC 2548 §2.4}
 */
export function mschapV2AcceptAttributes(
  proof: MschapV2Proof,
  secret: SharedSecret,
  requestAuthenticator: Uint8Array,
  random: (octets: Uint8Array) => void = (octets) => void randomFillSync(octets),
): readonly Attribute[] {
  const nextSalt = createSalts(random)
  const hide = (key: Uint8Array) => hideSalted(key, secret, requestAuthenticator, nextSalt())
  return [
    mschapV2Success(proof.ident, proof.success),
    attribute('MS-MPPE-Recv-Key', hide(proof.recvKey)),
    attribute('MS-MPPE-Send-Key', hide(proof.sendKey)),
    attribute('MS-MPPE-Encryption-Policy', 'Encryption-Allowed'),
    attribute('MS-MPPE-Encryption-Types', 'RC4-40or128-bit-Allowed'),
  ]
}

function prove(
  passwordHashHash: Uint8Array,
  username: Uint8Array,
  authenticatorChallenge: Uint8Array,
  { ident, ntResponse, peerChallenge }: MschapV2Response,
): MschapV2Proof {
  const of = [passwordHashHash, ntResponse, peerChallenge, authenticatorChallenge, username] as const
  return { ident, success: generateAuthenticatorResponse(...of), ...mppeKeys(passwordHashHash, ntResponse) }
}

/** RFC 2759 §4: the domain stands before a backslash, and is not hashed. */
function withoutDomain(username: Uint8Array): Uint8Array {
  const at = username.indexOf(0x5c)
  return at < 0 ? username : username.subarray(at + 1)
}
