/** Encrypts a push message for one subscription, so that the push service between carries it unread (RFC 8291, RFC 8188). */
import { createCipheriv, createECDH, hkdfSync } from 'node:crypto'

const recordBytes = 4096

/** What a message is encrypted for. */
export interface PushRecipient {
  /** An uncompressed point of P-256, 65 octets. */
  readonly p256dh: Uint8Array
  /** 16 octets. */
  readonly auth: Uint8Array
}

/**
 * The body of a push message in the content coding `aes128gcm`.
 * @param text at most 3,993 octets
 * @param random draws the salt and the private key that is used this once
 * @throws Error where the recipient's key is no point of the curve
 * @see {@link https://www.rfc-editor.org/rfc/rfc8291#section-3 RFC 8291 §3}
 */
export function encryptPush(
  text: Uint8Array,
  recipient: PushRecipient,
  random: (lengthBytes: number) => Uint8Array,
): Buffer {
  const salt = random(16)
  const own = createECDH('prime256v1')
  own.setPrivateKey(random(32))
  const ownPublic = own.getPublicKey()
  // RFC 8291 §3.4
  const shared = own.computeSecret(recipient.p256dh)
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), recipient.p256dh, ownPublic])
  const keyMaterial = derive(shared, recipient.auth, keyInfo, 32)
  const key = derive(keyMaterial, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(keyMaterial, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  // RFC 8188 §2: one record, the last, so its delimiter is 2.
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(text), cipher.update(Buffer.from([2])), cipher.final()])
  return Buffer.concat([header(salt, ownPublic), sealed, cipher.getAuthTag()])
}

/** RFC 8188 §2.1: salt, record size, and as the key's id the public key. */
function header(salt: Uint8Array, keyId: Uint8Array): Buffer {
  const sizes = Buffer.alloc(5)
  sizes.writeUInt32BE(recordBytes, 0)
  sizes.writeUInt8(keyId.length, 4)
  return Buffer.concat([salt, sizes, keyId])
}

function derive(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, lengthBytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, lengthBytes))
}
