/** MS-CHAP in a request: what it asks, or why it cannot be answered; and the error that a Reject carries to the person's computer. */
import { randomFillSync } from 'node:crypto'

import type { SignInReason } from '@sallyport/contract'
import {
  mschapError,
  mschapErrors,
  readMschapV2Challenge,
  readMschapV2Change,
  readMschapV2Response,
  readOctets,
  type Attribute,
  type AttributeName,
  type MschapV2Change,
  type MschapV2Response,
  type Packet,
} from '@sallyport/radius'

export type MschapQuestion =
  | { readonly kind: 'response'; readonly authenticatorChallenge: Uint8Array; readonly response: MschapV2Response }
  /** The password is expired, or must change: the request brings the new one, encrypted under the old. */
  | { readonly kind: 'change'; readonly authenticatorChallenge: Uint8Array; readonly response: MschapV2Change }
  | { readonly kind: 'mschap-v1' }
  | { readonly kind: 'mschap-malformed' }

type Carrier = Pick<Packet, 'attributes'>

/** Reads what a request with method `ms-chap` asks. */
export function readMschapQuestion(packet: Carrier): MschapQuestion {
  const authenticatorChallenge = readMschapV2Challenge(packet)
  const change = readMschapV2Change(packet)
  if (authenticatorChallenge && change) return { kind: 'change', authenticatorChallenge, response: change }
  const response = readMschapV2Response(packet)
  if (authenticatorChallenge && response) return { kind: 'response', authenticatorChallenge, response }
  const isFirstVersion = readOctets(packet, 'MS-CHAP2-Response') === undefined && readOctets(packet, 'MS-CHAP-Response')
  return { kind: isFirstVersion ? 'mschap-v1' : 'mschap-malformed' }
}

const proofs = [
  ...['MS-CHAP2-Success', 'MS-MPPE-Send-Key', 'MS-MPPE-Recv-Key'],
  ...['MS-MPPE-Encryption-Policy', 'MS-MPPE-Encryption-Types'],
] as const satisfies readonly AttributeName[]

/** The same attributes without the success and the keys of an MS-CHAPv2 exchange. */
export function withoutMschapProof(attributes: readonly Attribute[]): readonly Attribute[] {
  return attributes.filter((attribute) => proofs.every((name) => !readOctets({ attributes: [attribute] }, name)))
}

const codes: Readonly<Partial<Record<SignInReason, number>>> = {
  'account-disabled': mschapErrors.accountDisabled,
  'password-expired': mschapErrors.passwordExpired,
  'password-must-change': mschapErrors.passwordExpired,
  'password-change-refused': mschapErrors.changingPassword,
}

/**
 * The attributes of a Reject: with MS-CHAPv2 its error belongs to them (RFC 2759 §6), unless the target sent one. Whatever has
 * no code of its own looks like a wrong password, which may be tried again with a fresh challenge.
 */
export function withMschapError(
  attributes: readonly Attribute[],
  reason: SignInReason,
  request: Carrier,
): readonly Attribute[] {
  const ident = (readMschapV2Response(request) ?? readMschapV2Change(request))?.ident
  if (ident === undefined || readOctets({ attributes }, 'MS-CHAP-Error')) return attributes
  const code = codes[reason] ?? mschapErrors.authenticationFailure
  const retry = code === mschapErrors.authenticationFailure
  const challenge = randomFillSync(new Uint8Array(16))
  // V=3: the version of MS-CHAP-CPW that we take (RFC 2759 §6). A changed password is no retry: R stays 0 with E=648.
  return [...attributes, mschapError(ident, { code, retry, challenge, version: 3 })]
}
