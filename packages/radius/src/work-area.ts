/** The one scratch buffer in which digests are computed: they are synchronous, so that nothing else uses it meanwhile. */
import { md5PaddingBytes } from './md5.ts'
import { maximumPacketBytes } from './packet.ts'
import { maximumSecretBytes } from './shared-secret.ts'

/** Room for the longest packet, the longest secret behind it, and MD5's padding. */
export const workArea = new Uint8Array(maximumPacketBytes + maximumSecretBytes + md5PaddingBytes)

/** Where a digest that is only compared is written. */
export const digestArea = new Uint8Array(16)

/** Overwrites `length` octets at `at` with zeros; a loop is quicker than a call for so few. */
export function clear(bytes: Uint8Array, at: number, length: number): void {
  for (let index = at; index < at + length; index++) bytes[index] = 0
}
