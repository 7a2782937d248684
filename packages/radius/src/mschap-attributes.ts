/** MS-CHAPv2 in RADIUS attributes: responses, their success, errors and password changes, read and made. */
import { attribute, readAttributes, readOctets } from './attributes.ts'
import { formatMschapError, parseMschapError, type MschapError } from './mschap-error.ts'
import { encryptedPasswordBytes } from './mschap-password.ts'
import { ofLength } from './mschap-v2.ts'
import type { Attribute, Packet } from './packet.ts'
import { decodeText, encodeText } from './text.ts'

type Carrier = Pick<Packet, 'attributes'>

/** What a client answered to a challenge. */
export interface MschapV2Response {
  /** 0 to 255; comes back in the success or the error. */
  readonly ident: number
  /** 16 octets. */
  readonly peerChallenge: Uint8Array
  /** 24 octets. */
  readonly ntResponse: Uint8Array
}

/** A password change: the response to the challenge is made with the **new** password (RFC 2759 §7). */
export interface MschapV2Change extends MschapV2Response {
  /** 516 octets. */
  readonly encryptedPassword: Uint8Array
  /** 16 octets. */
  readonly encryptedHash: Uint8Array
}

const changeCode = 7
const passwordPieceCode = 6
/** What one MS-CHAP-NT-Enc-PW holds besides its code, ident and sequence number. */
const passwordPieceBytes = 243

/**
 * The 16 octets of MS-CHAP-Challenge; undefined when it is absent, or of MS-CHAP's first version.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2548#section-2.1.2 RFC 2548 §2.1.2}
 */
export function readMschapV2Challenge(packet: Carrier): Uint8Array | undefined {
  const challenge = readOctets(packet, 'MS-CHAP-Challenge')
  return challenge?.length === 16 ? challenge : undefined
}

/**
 * Reads MS-CHAP2-Response; undefined when it is absent or has not 50 octets.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2548#section-2.3.2 RFC 2548 §2.3.2}
 */
export function readMschapV2Response(packet: Carrier): MschapV2Response | undefined {
  const octets = readOctets(packet, 'MS-CHAP2-Response')
  if (octets?.length !== 50) return undefined
  return { ident: octets[0] ?? 0, peerChallenge: octets.subarray(2, 18), ntResponse: octets.subarray(26) }
}

/** Makes MS-CHAP2-Response. */
export function mschapV2Response({ ident, peerChallenge, ntResponse }: MschapV2Response): Attribute {
  const octets = new Uint8Array(50)
  octets[0] = ident
  octets.set(ofLength(peerChallenge, 16, 'a challenge'), 2)
  octets.set(ofLength(ntResponse, 24, 'an NT response'), 26)
  return attribute('MS-CHAP2-Response', octets)
}

/**
 * Reads MS-CHAP2-Success: the ident, and the message, which begins with `S=`.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2548#section-2.3.3 RFC 2548 §2.3.3}
 */
export function readMschapV2Success(packet: Carrier): { ident: number; message: string } | undefined {
  const octets = readOctets(packet, 'MS-CHAP2-Success')
  const message = octets && octets.length > 1 ? decodeText(octets.subarray(1)) : undefined
  return message?.startsWith('S=') === true ? { ident: octets?.[0] ?? 0, message } : undefined
}

/** Makes MS-CHAP2-Success; the message is what generateAuthenticatorResponse returned. */
export function mschapV2Success(ident: number, message: string): Attribute {
  return attribute('MS-CHAP2-Success', Uint8Array.of(ident, ...encodeText(message)))
}

/**
 * Reads MS-CHAP-Error; undefined when it is absent or names no code. Takes one without ident as well, as some
 * servers send it: its ident is 0.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2548#section-2.1.5 RFC 2548 §2.1.5}
 */
export function readMschapError(packet: Carrier): (MschapError & { readonly ident: number }) | undefined {
  const octets = readOctets(packet, 'MS-CHAP-Error')
  if (!octets) return undefined
  const whole = parseMschapError(decodeText(octets) ?? '')
  const error = whole ?? parseMschapError(decodeText(octets.subarray(1)) ?? '')
  return error && { ident: whole ? 0 : (octets[0] ?? 0), ...error }
}

/** Makes MS-CHAP-Error. Throws EncodeError when the message is too long for it. */
export function mschapError(ident: number, error: MschapError): Attribute {
  return attribute('MS-CHAP-Error', Uint8Array.of(ident, ...encodeText(formatMschapError(error))))
}

/**
 * Reads MS-CHAP2-CPW with the pieces of MS-CHAP-NT-Enc-PW that belong to it, which must count up from 1 to 516
 * octets; undefined when anything is missing or malformed.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2548#section-2.3.4 RFC 2548 §2.3.4}
 */
export function readMschapV2Change(packet: Carrier): MschapV2Change | undefined {
  const octets = readOctets(packet, 'MS-CHAP2-CPW')
  if (octets?.length !== 68 || octets[0] !== changeCode) return undefined
  const ident = octets[1] ?? 0
  const encryptedPassword = joinPieces(readAttributes(packet, 'MS-CHAP-NT-Enc-PW'), ident)
  return (
    encryptedPassword && {
      ident,
      encryptedPassword,
      encryptedHash: octets.subarray(2, 18),
      peerChallenge: octets.subarray(18, 34),
      ntResponse: octets.subarray(42, 66),
    }
  )
}

/** Makes MS-CHAP2-CPW, and the three MS-CHAP-NT-Enc-PW that carry the new password. */
export function mschapV2Change(change: MschapV2Change): readonly Attribute[] {
  const octets = new Uint8Array(68)
  octets[0] = changeCode
  octets[1] = change.ident
  octets.set(ofLength(change.encryptedHash, 16, 'an encrypted hash'), 2)
  octets.set(ofLength(change.peerChallenge, 16, 'a challenge'), 18)
  octets.set(ofLength(change.ntResponse, 24, 'an NT response'), 42)
  const password = ofLength(change.encryptedPassword, encryptedPasswordBytes, 'an encrypted password')
  const pieces: Attribute[] = []
  for (let at = 0; at < password.length; at += passwordPieceBytes) {
    const piece = password.subarray(at, at + passwordPieceBytes)
    const header = [passwordPieceCode, change.ident, 0, pieces.length + 1]
    pieces.push(attribute('MS-CHAP-NT-Enc-PW', Uint8Array.of(...header, ...piece)))
  }
  return [attribute('MS-CHAP2-CPW', octets), ...pieces]
}

function joinPieces(pieces: readonly Uint8Array[], ident: number): Uint8Array | undefined {
  const whole = new Uint8Array(encryptedPasswordBytes)
  let at = 0
  for (const [index, piece] of pieces.entries()) {
    const sequence = ((piece[2] ?? 0) << 8) | (piece[3] ?? 0)
    if (piece[0] !== passwordPieceCode || piece[1] !== ident || sequence !== index + 1) return undefined
    const content = piece.subarray(4)
    if (at + content.length > whole.length) return undefined
    whole.set(content, at)
    at += content.length
  }
  return at === whole.length ? whole : undefined
}
