/** Serial numbers of tokens whose secret was drawn here: they are nobody's but their owner's. */
import { encodeBase32 } from './otpauth.ts'

const prefix = 'SP-'

/** 50 random bits: as good as unique, and short enough to read out. */
export function drawSerialNumber(random: (lengthBytes: number) => Uint8Array): string {
  return `${prefix}${encodeBase32(random(10)).slice(0, 10)}`
}

/** Whether the secret lives in an app rather than in a device that can be handed to somebody else. */
export function isDrawnHere(serialNumber: string): boolean {
  return serialNumber.startsWith(prefix)
}
