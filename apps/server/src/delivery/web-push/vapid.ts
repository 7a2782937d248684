/** Tells push services who sends (RFC 8292): a key pair made once, and a token signed by it for each push service. */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'

export interface VapidKeys {
  /** The uncompressed point, base64url. */
  readonly vapidPublicKey: string
  /** PKCS #8, PEM. */
  readonly vapidPrivateKey: string
}

/** RFC 8292 §2: at most a day; half of one leaves room for clocks that differ. */
const lifetimeSeconds = 12 * 3600

export function makeVapidKeys(): VapidKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return {
    vapidPublicKey: point.toString('base64url'),
    vapidPrivateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}

/**
 * The value of `Authorization` for a push service.
 * @param subject who answers for what is sent: a `mailto:` or `https:` URI
 * @see {@link https://www.rfc-editor.org/rfc/rfc8292#section-3 RFC 8292 §3}
 */
export function vapidAuthorization(endpoint: string, subject: string, keys: VapidKeys, now: Date): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const expires = Math.floor(now.getTime() / 1000) + lifetimeSeconds
  const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${part({ aud: new URL(endpoint).origin, exp: expires, sub: subject })}`
  const key = createPrivateKey(keys.vapidPrivateKey)
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  return `vapid t=${text}.${signature}, k=${keys.vapidPublicKey}`
}
