/** RC4, which MS-CHAP encrypts a new password with: written here because OpenSSL 3 has put it away. */

/**
 * Encrypts or decrypts octets under a key of 1 to 256 octets: both are the same. Throws a RangeError for another key.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2759#section-8.10 RFC 2759 §8.10}
 */
export function rc4(key: Uint8Array, octets: Uint8Array): Uint8Array {
  if (key.length === 0 || key.length > 256) throw new RangeError('an RC4 key has 1 to 256 octets')
  const state = Uint8Array.from({ length: 256 }, (_, index) => index)
  const at = (index: number): number => state[index & 0xff] ?? 0
  const swap = (left: number, right: number) => {
    const kept = at(left)
    state[left] = at(right)
    state[right] = kept
  }
  let j = 0
  for (let i = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 0xff
    swap(i, j)
  }
  let i = 0
  j = 0
  return octets.map((octet) => {
    i = (i + 1) & 0xff
    j = (j + at(i)) & 0xff
    swap(i, j)
    return octet ^ at(at(i) + at(j))
  })
}
