/** Recovery codes as people copy, print and type them: sixty random bits in letters and digits that nobody takes for others. */

/** Crockford's base 32: without I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codesAtOnce = 10
const characters = 12
const groupOf = 4

/** Ten codes, each of three groups of four. */
export function drawRecoveryCodes(random: (lengthBytes: number) => Uint8Array): readonly string[] {
  return Array.from({ length: codesAtOnce }, () => {
    // 256 is a multiple of 32: every character is as likely as any other.
    const code = Array.from(random(characters), (octet) => alphabet[octet % alphabet.length]).join('')
    return code.match(new RegExp(`.{${groupOf}}`, 'g'))?.join('-') ?? code
  })
}

/** What was typed, as the code is kept: without case, spaces and hyphens, and with what looks like a digit as that digit. */
export function foldRecoveryCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
}
