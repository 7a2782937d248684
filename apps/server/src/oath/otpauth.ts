/** How a token's secret is written for people and for authenticator apps: Base32 (RFC 4648 §6) and otpauth URIs. */
import type { OathAlgorithm } from '@sallyport/contract'
import { generateURI, ScureBase32Plugin, type HashAlgorithm } from 'otplib'

const base32 = new ScureBase32Plugin()

/** Upper case, without padding. */
export function encodeBase32(octets: Uint8Array): string {
  return base32.encode(octets, { padding: false })
}

/** The octets, or undefined where the text is no Base32: a foreign letter, an impossible length, bits left over. */
export function decodeBase32(text: string): Uint8Array | undefined {
  try {
    return base32.decode(text.replace(/=+$/, ''))
  } catch {
    return undefined
  }
}

const names = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-512': 'sha512' } as const satisfies Record<
  OathAlgorithm,
  HashAlgorithm
>

/** The URI that an authenticator app reads from a QR code: `otpauth://totp/Sallyport:alice?secret=…`. */
export function otpauthUri(token: {
  readonly secret: Uint8Array
  readonly account: string
  readonly algorithm: OathAlgorithm
  readonly digits: 6 | 7 | 8
  readonly stepSeconds: number
}): string {
  return generateURI({
    issuer: 'Sallyport',
    label: token.account,
    secret: encodeBase32(token.secret),
    algorithm: names[token.algorithm],
    digits: token.digits,
    period: token.stepSeconds,
  })
}
