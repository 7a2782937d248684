/** Serial numbers of tokens whose secret was drawn here: they are nobody's but their owner's. */
import { encodeBase32 } from './otpauth.ts'

const prefix = 'SP-'
const appPrefix = 'APP-'

type Random = (lengthBytes: number) => Uint8Array

/** 50 random bits: as good as unique, and short enough to read out. */
export function drawSerialNumber(random: Random): string {
  return `${prefix}${encodeBase32(random(10)).slice(0, 10)}`
}

/** Of the codes that our own mobile app shows. */
export function drawAppSerialNumber(random: Random): string {
  return `${appPrefix}${encodeBase32(random(10)).slice(0, 10)}`
}

/** Whether the secret lives in an app rather than in a device that can be handed to somebody else. */
export function isDrawnHere(serialNumber: string): boolean {
  return serialNumber.startsWith(prefix)
}
