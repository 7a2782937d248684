/** MS-CHAPv2's arithmetic, function by function as RFC 2759 §8 names them. */
import { createHash, timingSafeEqual } from 'node:crypto'

import { desEncrypt } from './des.ts'
import { md4 } from './md4.ts'
import { encodeText } from './text.ts'

const ascii = (text: string) => Buffer.from(text, 'ascii')
const magic1 = ascii('Magic server to client signing constant')
const magic2 = ascii('Pad to make it do more than one iteration')

/**
 * The NT hash of a password, 16 octets: MD4 over UTF-16, little end first. Whoever knows it can sign in with
 * MS-CHAP: it is to be kept like the password itself.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.3 RFC 2759 §8.3}
 */
export function ntPasswordHash(password: string): Uint8Array {
  return md4(Buffer.from(password, 'utf16le'))
}

/**
 * The hash of the NT hash, 16 octets: what proves the server to the client, and what keys are made of.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.4 RFC 2759 §8.4}
 */
export function hashNtPasswordHash(passwordHash: Uint8Array): Uint8Array {
  return md4(ofLength(passwordHash, 16, 'an NT hash'))
}

/**
 * The 8 octets that both challenges (16 octets each) and the user's name are drawn together to. The name goes in as
 * it is: without its domain, as RFC 2759 §4 wants it, if the caller left it out.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.2 RFC 2759 §8.2}
 */
export function challengeHash(
  peerChallenge: Uint8Array,
  authenticatorChallenge: Uint8Array,
  username: string | Uint8Array,
): Uint8Array {
  ofLength(peerChallenge, 16, 'a challenge')
  ofLength(authenticatorChallenge, 16, 'a challenge')
  const name = typeof username === 'string' ? encodeText(username) : username
  return sha1(peerChallenge, authenticatorChallenge, name).subarray(0, 8)
}

/**
 * The response to a challenge of 8 octets, 24 octets: DES three times, under three parts of the NT hash.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.5 RFC 2759 §8.5}
 */
export function challengeResponse(challenge: Uint8Array, passwordHash: Uint8Array): Uint8Array {
  const padded = new Uint8Array(21)
  padded.set(ofLength(passwordHash, 16, 'an NT hash'))
  const response = new Uint8Array(24)
  for (const part of [0, 1, 2]) response.set(desEncrypt(challenge, padded.subarray(part * 7, part * 7 + 7)), part * 8)
  return response
}

/**
 * What a client answers, 24 octets. Takes the NT hash in place of the password, for that is what servers keep.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.1 RFC 2759 §8.1}
 */
export function generateNtResponse(
  authenticatorChallenge: Uint8Array,
  peerChallenge: Uint8Array,
  username: string | Uint8Array,
  passwordHash: Uint8Array,
): Uint8Array {
  return challengeResponse(challengeHash(peerChallenge, authenticatorChallenge, username), passwordHash)
}

/**
 * What a server proves itself with: `S=` and 40 hexadecimal digits. Takes the hash of the NT hash in place of the
 * password, for that is all that a domain controller hands out.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.7 RFC 2759 §8.7}
 */
export function generateAuthenticatorResponse(
  passwordHashHash: Uint8Array,
  ntResponse: Uint8Array,
  peerChallenge: Uint8Array,
  authenticatorChallenge: Uint8Array,
  username: string | Uint8Array,
): string {
  ofLength(passwordHashHash, 16, 'the hash of an NT hash')
  const first = sha1(passwordHashHash, ofLength(ntResponse, 24, 'an NT response'), magic1)
  const digest = sha1(first, challengeHash(peerChallenge, authenticatorChallenge, username), magic2)
  return `S=${Buffer.from(digest).toString('hex').toUpperCase()}`
}

/**
 * Whether a server's proof is right, compared in constant time; what may follow it (` M=<message>`) is not looked at.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.8 RFC 2759 §8.8}
 */
export function checkAuthenticatorResponse(
  received: string,
  ...of: Parameters<typeof generateAuthenticatorResponse>
): boolean {
  const expected = ascii(generateAuthenticatorResponse(...of))
  const given = Buffer.from(received.slice(0, expected.length), 'utf8')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** SHA-1 over parts, 20 octets. */
export function sha1(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha1')
  for (const part of parts) hash.update(part)
  return Uint8Array.from(hash.digest())
}

/** The octets, if they are as many as they must be; a TypeError otherwise, for that is a caller's mistake. */
export function ofLength(octets: Uint8Array, length: number, what: string): Uint8Array {
  if (octets.length !== length) throw new TypeError(`${what} has ${length} octets`)
  return octets
}
