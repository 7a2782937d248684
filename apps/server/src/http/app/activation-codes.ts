/** Activation codes: drawn, shown once, and kept as a hash; sixty random bits that count for ten minutes. */
import { createHash } from 'node:crypto'

export const activationMs = 10 * 60_000

/** Without I, L, O and U: nothing to mistake, nothing to spell. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Twelve characters in three groups. */
export function drawActivationCode(random: (lengthBytes: number) => Uint8Array): string {
  // 256 is a multiple of 32: each character is as likely as any other.
  const characters = [...random(12)].map((octet) => alphabet.charAt(octet % alphabet.length)).join('')
  return characters.replace(/(.{4})(?=.)/g, '$1-')
}

/** What the store keeps of it. */
export function hashActivationCode(code: string): string {
  return createHash('sha256')
    .update(`sallyport-activation ${code.replaceAll('-', '')}`)
    .digest('hex')
}

/** What a phone scans: the app, and the code where servers do not see it and logs do not keep it. */
export function activationLink(portalUrl: string, code: string): string {
  return `${portalUrl}/app/#activate=${code}`
}
