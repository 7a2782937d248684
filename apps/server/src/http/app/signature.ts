/** Checks signatures of devices: ECDSA P-256 with SHA-256, r and s in 64 octets (IEEE P1363), as WebCrypto makes them. */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'

/** The key of a SubjectPublicKeyInfo in base64; undefined where it is no key of P-256. */
export function readPublicKey(base64: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
    const isP256 = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
    // A key that is written in another way than the usual is another text for the same key.
    const again = key.export({ format: 'der', type: 'spki' }).toString('base64')
    return isP256 && again === base64 ? key : undefined
  } catch {
    return undefined
  }
}

/** @param signature base64url */
export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  const octets = Buffer.from(signature, 'base64url')
  if (octets.length !== 64) return false
  try {
    return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, octets)
  } catch {
    return false
  }
}

/** SHA-256 in base64url. */
export function hashOf(octets: string): string {
  return createHash('sha256').update(octets).digest('base64url')
}
