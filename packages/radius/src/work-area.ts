/** The one scratch area in which digests are computed: they are synchronous, so that nothing else uses it meanwhile. */
import { md5PaddingBytes } from './md5.ts'
import { createWorkArea } from './octets.ts'
import { maximumPacketBytes } from './packet.ts'
import { maximumSecretBytes } from './shared-secret.ts'

/** Room for the longest packet, the longest secret behind it, and MD5's padding. */
export const workArea = createWorkArea(maximumPacketBytes + maximumSecretBytes + md5PaddingBytes)

/** Where a digest that is only compared, or xored, is written. */
export const digestArea = new Uint8Array(16)
