/** What a person's computer makes of a password by MS-CHAPv2, as lines of radclient's input. */
import { randomBytes } from 'node:crypto'

import {
  generateNtResponse,
  mschapV2Change,
  mschapV2Response,
  newPasswordEncryptedWithOldNtPasswordHash,
  ntPasswordHash,
  oldNtPasswordHashEncryptedWithNewNtPasswordHash,
  type Attribute,
} from '@sallyport/radius'

export interface MschapExchange {
  readonly lines: readonly string[]
  readonly authenticatorChallenge: Uint8Array
  readonly peerChallenge: Uint8Array
  readonly ntResponse: Uint8Array
}

const ident = 7

/** `hashedName` is the name that goes into the response: without its domain (RFC 2759 §4). */
export function respond(
  password: string,
  hashedName: string,
  peerChallenge: Uint8Array = randomBytes(16),
): MschapExchange {
  const authenticatorChallenge = randomBytes(16)
  const ntResponse = generateNtResponse(authenticatorChallenge, peerChallenge, hashedName, ntPasswordHash(password))
  const response = mschapV2Response({ ident, peerChallenge, ntResponse })
  const lines = [`MS-CHAP-Challenge = 0x${authenticatorChallenge.toString('hex')}`, line('MS-CHAP2-Response', response)]
  return { lines, authenticatorChallenge, peerChallenge, ntResponse }
}

/** RFC 2759 §7: the new password under the old one, and a response made with the new one. */
export function changePassword(oldPassword: string, newPassword: string, hashedName: string): readonly string[] {
  return exchangeOfChange(oldPassword, newPassword, hashedName).lines
}

/** The same, with all that went into it. */
export function exchangeOfChange(
  oldPassword: string,
  newPassword: string,
  hashedName: string,
): MschapExchange & { readonly encryptedPassword: Uint8Array } {
  const [oldHash, newHash] = [ntPasswordHash(oldPassword), ntPasswordHash(newPassword)]
  const exchange = respond(newPassword, hashedName)
  const { authenticatorChallenge, peerChallenge, ntResponse } = exchange
  const encryptedPassword = newPasswordEncryptedWithOldNtPasswordHash(newPassword, oldHash)
  const [change, ...pieces] = mschapV2Change({
    ident,
    peerChallenge,
    ntResponse,
    encryptedPassword,
    encryptedHash: oldNtPasswordHashEncryptedWithNewNtPasswordHash(oldHash, newHash),
  })
  if (!change) throw new Error('no attribute was made')
  const lines = [
    `MS-CHAP-Challenge = 0x${Buffer.from(authenticatorChallenge).toString('hex')}`,
    line('MS-CHAP2-CPW', change),
    ...pieces.map((piece) => line('MS-CHAP-NT-Enc-PW', piece)),
  ]
  return { ...exchange, lines, encryptedPassword }
}

/** Behind the vendor's number, type and length. */
function line(name: string, { value }: Attribute): string {
  return `${name} += 0x${Buffer.from(value.subarray(6)).toString('hex')}`
}
