/** MD5 and HMAC-MD5 over a work area that callers fill: no allocation, no call into native code. */
import { compressBlock } from './md5-block.ts'
import { createWorkArea, octetAt, type WorkArea } from './octets.ts'

/** Octets that must be free behind the message in a work area: MD5 pads in place. */
export const md5PaddingBytes = 72

export const md5LengthBytes = 16

/** The state that every MD5 starts from (RFC 1321 §3.3). */
const initialState = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)

/** What remains of a key after HMAC's two pads went through MD5 (RFC 2104 §4): computed once a secret. */
export interface HmacKey {
  readonly inner: Int32Array
  readonly outer: Int32Array
}

const running = new Int32Array(4)
const result = createWorkArea(md5LengthBytes)
const outerWork = createWorkArea(md5LengthBytes + md5PaddingBytes)

/** Writes the MD5 of the first `length` octets of `work` into `out` at `at`; the 72 octets behind `length` are overwritten. */
export function md5Into(work: WorkArea, length: number, out: Uint8Array, at: number): void {
  finish(initialState, 0, work, length, out, at)
}

/** Writes the HMAC-MD5 of the first `length` octets of `work` into `out` at `at`; the 72 octets behind `length` are overwritten. */
export function hmacMd5Into(key: HmacKey, work: WorkArea, length: number, out: Uint8Array, at: number): void {
  finish(key.inner, 64, work, length, outerWork.octets, 0)
  finish(key.outer, 64, outerWork, md5LengthBytes, out, at)
}

/** The MD5 of a message, in octets of their own. */
export function md5(...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const work = createWorkArea(length + md5PaddingBytes)
  let at = 0
  for (const part of parts) {
    work.octets.set(part, at)
    at += part.length
  }
  const digest = new Uint8Array(md5LengthBytes)
  md5Into(work, length, digest, 0)
  return digest
}

/** Prepares a key for {@link hmacMd5Into}. */
export function createHmacKey(key: Uint8Array): HmacKey {
  // RFC 2104 §2: keys longer than a block are hashed first.
  const short = key.length > 64 ? md5(key) : key
  return { inner: padded(short, 0x36), outer: padded(short, 0x5c) }
}

function padded(key: Uint8Array, pad: number): Int32Array {
  const block = createWorkArea(64)
  block.octets.fill(pad)
  key.forEach((octet, index) => (block.octets[index] = octet ^ pad))
  const state = Int32Array.from(initialState)
  compressBlock(state, block.view, 0)
  return state
}

function finish(from: Int32Array, before: number, work: WorkArea, length: number, out: Uint8Array, at: number): void {
  // RFC 1321 §3.1, §3.2: one bit, zeros up to 56 octets in the last block, and the length in bits.
  const { octets, view } = work
  const end = ((length + 8) >>> 6) * 64 + 64
  octets[length] = 0x80
  for (let index = length + 1; index < end; index++) octets[index] = 0
  view.setUint32(end - 8, (before + length) * 8, true)

  running.set(from)
  for (let block = 0; block < end; block += 64) compressBlock(running, view, block)
  for (let index = 0; index < 4; index++) result.view.setInt32(index * 4, running[index] ?? 0, true)
  for (let index = 0; index < md5LengthBytes; index++) out[at + index] = octetAt(result.octets, index)
}
