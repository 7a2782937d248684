/** Codes without a network: RFC 6238 over a key that WebCrypto holds and nobody can read. */
import { fromBase32 } from './base32.ts'

export interface OfflineToken {
  /** HMAC, not extractable. */
  readonly key: CryptoKey
  readonly digits: number
  readonly stepSeconds: number
}

/** Puts a secret where it can be used and not read. */
export function importSecret(base32: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase32(base32), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
}

/** The code of a moment, in milliseconds since 1970. */
export async function offlineCode({ key, digits, stepSeconds }: OfflineToken, nowMs: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(Math.floor(nowMs / 1000 / stepSeconds)))
  const hash = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  // RFC 4226 §5.3
  const offset = hash.getUint8(hash.byteLength - 1) & 0xf
  const number = (hash.getUint32(offset) & 0x7fffffff) % 10 ** digits
  return String(number).padStart(digits, '0')
}
