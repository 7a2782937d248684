/** MD4, which MS-CHAP makes NT hashes with: written here because OpenSSL 3 has put it away. */

const rotations = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
] as const
/** The order in which each round takes the words of a block. */
const orders = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
] as const
const constants = [0, 0x5a827999, 0x6ed9eba1] as const

/** RFC 1320 §3.4: F, G and H. */
const mixes = [
  (x: number, y: number, z: number) => (x & y) | (~x & z),
  (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
  (x: number, y: number, z: number) => x ^ y ^ z,
] as const

/**
 * The MD4 of a message, 16 octets. It is broken as a hash; it is here because MS-CHAP is made of it.
 * @see {@link https://www.rfc-editor.org/rfc/rfc1320#section-3 RFC 1320 §3}
 */
export function md4(message: Uint8Array): Uint8Array {
  // RFC 1320 §3.1, §3.2: one bit, zeros up to 56 octets in the last block, and the length in bits.
  const padded = new Uint8Array(((message.length + 8) >>> 6) * 64 + 64)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n, true)

  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let block = 0; block < padded.length; block += 64) state = compress(state, view, block)
  const digest = new DataView(new ArrayBuffer(16))
  state.forEach((word, index) => digest.setInt32(index * 4, word, true))
  return new Uint8Array(digest.buffer)
}

type State = readonly [number, number, number, number]

function compress(from: State, view: DataView, at: number): State {
  let [a, b, c, d] = from
  for (const round of [0, 1, 2] as const) {
    const mix = mixes[round]
    orders[round].forEach((word, step) => {
      const sum = a + mix(b, c, d) + view.getInt32(at + word * 4, true) + constants[round]
      const by = rotations[round][step & 3] ?? 0
      ;[a, b, c, d] = [d, (sum << by) | ((sum | 0) >>> (32 - by)), b, c]
    })
  }
  return [(from[0] + a) | 0, (from[1] + b) | 0, (from[2] + c) | 0, (from[3] + d) | 0]
}
