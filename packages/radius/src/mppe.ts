/** The keys that MS-CHAPv2 leaves behind for MPPE, as RFC 3079 §3 derives them. */
import { ofLength, sha1 } from './mschap-v2.ts'

const ascii = (text: string) => Buffer.from(text, 'ascii')
const magic1 = ascii('This is the MPPE Master Key')
const magic2 = ascii('On the client side, this is the send key; on the server side, it is the receive key.')
const magic3 = ascii('On the client side, this is the receive key; on the server side, it is the send key.')
const shsPad1 = new Uint8Array(40)
const shsPad2 = new Uint8Array(40).fill(0xf2)

/**
 * The master key, 16 octets, from the hash of the NT hash (16) and the NT response (24).
 * @see {@link https://www.rfc-editor.org/rfc/rfc3079#section-3.4 RFC 3079 §3.4}
 */
export function getMasterKey(passwordHashHash: Uint8Array, ntResponse: Uint8Array): Uint8Array {
  ofLength(passwordHashHash, 16, 'the hash of an NT hash')
  return sha1(passwordHashHash, ofLength(ntResponse, 24, 'an NT response'), magic1).subarray(0, 16)
}

export interface StartKey {
  /** 8 for 40 and 56 bit, 16 for 128 bit. */
  readonly lengthBytes: 8 | 16
  readonly isSend: boolean
  readonly isServer: boolean
}

/**
 * The key that one direction starts from.
 * @see {@link https://www.rfc-editor.org/rfc/rfc3079#section-3.4 RFC 3079 §3.4}
 */
export function getAsymmetricStartKey(masterKey: Uint8Array, { lengthBytes, isSend, isServer }: StartKey): Uint8Array {
  ofLength(masterKey, 16, 'a master key')
  const direction = isSend === isServer ? magic3 : magic2
  return sha1(masterKey, shsPad1, direction, shsPad2).subarray(0, lengthBytes)
}

/** The keys of MS-MPPE-Send-Key and MS-MPPE-Recv-Key, 16 octets each, as the VPN device must use them. */
export interface MppeKeys {
  readonly sendKey: Uint8Array
  readonly recvKey: Uint8Array
}

/**
 * The two keys that a server hands to the device which asked.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2548#section-2.4.2 RFC 2548 §2.4.2, §2.4.3}
 */
export function mppeKeys(passwordHashHash: Uint8Array, ntResponse: Uint8Array): MppeKeys {
  const masterKey = getMasterKey(passwordHashHash, ntResponse)
  // The device is the server of the tunnel: what it sends with is its client's receive key.
  return {
    sendKey: getAsymmetricStartKey(masterKey, { lengthBytes: 16, isSend: true, isServer: true }),
    recvKey: getAsymmetricStartKey(masterKey, { lengthBytes: 16, isSend: false, isServer: true }),
  }
}
