/** Draws secrets that devices' own forms accept: letters and digits that cannot be mistaken for each other. */

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/**
 * Draws a secret; every character is equally likely (5.8 bits each).
 * @param length characters, 1 to 128
 * @param randomBytes where randomness comes from; the browser's own when absent
 */
export function generateSecret(length: number, randomBytes: (count: number) => Uint8Array = browserBytes): string {
  const limit = 256 - (256 % alphabet.length)
  let secret = ''
  while (secret.length < length) {
    for (const byte of randomBytes(length)) {
      // Bytes past the last whole multiple would favour the first letters.
      if (byte < limit && secret.length < length) secret += alphabet.charAt(byte % alphabet.length)
    }
  }
  return secret
}

function browserBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count))
}
