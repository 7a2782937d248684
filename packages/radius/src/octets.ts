/** Octets for the hot paths: read without a test for what the caller has tested already, and digested where they lie. */

/** Octets, and a view of the same that reads them by words. */
export interface WorkArea {
  readonly octets: Uint8Array
  readonly view: DataView
}

export function createWorkArea(lengthBytes: number): WorkArea {
  const octets = new Uint8Array(lengthBytes)
  return { octets, view: new DataView(octets.buffer) }
}

/**
 * The octet at a place that the caller knows to lie inside. `?? 0` instead costs MD5 half of its speed, for the
 * engine then handles every octet as a value that may be undefined.
 */
export function octetAt(bytes: Uint8Array, at: number): number {
  return bytes[at] as number
}

/** Overwrites `length` octets at `at` with zeros; a loop is quicker than a call for so few. */
export function clear(bytes: Uint8Array, at: number, length: number): void {
  for (let index = at; index < at + length; index++) bytes[index] = 0
}

/** Writes `left xor right`, 16 octets, to `out` at `outAt`. */
export function xorBlock(left: Uint8Array, leftAt: number, right: Uint8Array, out: Uint8Array, outAt: number): void {
  for (let index = 0; index < 16; index++) {
    out[outAt + index] = octetAt(left, leftAt + index) ^ octetAt(right, index)
  }
}
