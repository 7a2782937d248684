/** How a token's secret is written for people and for authenticator apps: Base32 (RFC 4648 §6) and otpauth URIs. */
import type { OathAlgorithm, OathType } from '@sallyport/contract'
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

export interface OtpauthToken {
  readonly secret: Uint8Array
  readonly account: string
  readonly type: OathType
  readonly algorithm: OathAlgorithm
  readonly digits: 6 | 7 | 8
  /** Of TOTP. */
  readonly stepSeconds: number
  /** Of the next code, with HOTP. */
  readonly counter: number
}

/** The URI that an authenticator app reads from a QR code: `otpauth://totp/Sallyport:alice?secret=…`. */
export function otpauthUri({ secret, account, type, algorithm, digits, stepSeconds, counter }: OtpauthToken): string {
  const moving = type === 'hotp' ? { strategy: 'hotp' as const, counter } : { period: stepSeconds }
  return generateURI({
    ...{ issuer: 'Sallyport', label: account, secret: encodeBase32(secret), algorithm: names[algorithm], digits },
    ...moving,
  })
}
