/**
 * How requests between us and a generic HTTP gateway prove themselves: HMAC-SHA256 over time and body with a replay window, or a shared
 * secret in a header.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { CallbackRequest } from '../../bus/gateway-callbacks.ts'

export const timestampHeader = 'x-sallyport-timestamp'
export const signatureHeader = 'x-sallyport-signature'

/** How far clocks may be apart, and how long a signature counts. */
const windowSeconds = 300
/** Signatures remembered so that none counts twice; more in one window are refused. */
const mostRemembered = 100_000

/** `v1=` and HMAC-SHA256, in hex, over `<timestamp>.<path and query>.<body>`. */
export function signatureOf(secret: string, timestamp: string, target: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${target}.${body}`).digest('hex')}`
}

/** The headers that sign a request. */
export function signed(secret: string, nowMs: number, url: URL, body: string): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000))
  return {
    [timestampHeader]: timestamp,
    [signatureHeader]: signatureOf(secret, timestamp, url.pathname + url.search, body),
  }
}

/** Equal, in a time that says nothing about where they differ. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

export interface Proof {
  /** `fresh`: proven, and for the first time. `repeated`: proven, and had already. */
  check(request: CallbackRequest): 'fresh' | 'repeated' | 'refused'
}

/** @param target the path and query that the gateway was given, which a proxy may have changed on the way */
export function createHmacProof(
  secret: string,
  clock: () => number,
  target: (request: CallbackRequest) => string,
): Proof {
  const seen = new Map<string, number>()
  return {
    check(request) {
      const [timestamp, signature] = [header(request, timestampHeader), header(request, signatureHeader)]
      if (!timestamp || !signature || !/^\d{1,12}$/u.test(timestamp)) return 'refused'
      const nowSeconds = clock() / 1000
      if (Math.abs(nowSeconds - Number(timestamp)) > windowSeconds) return 'refused'
      const expected = signatureOf(secret, timestamp, target(request), request.body)
      if (!isSame(signature, expected)) return 'refused'
      if (seen.has(expected)) return 'repeated'
      for (const [old, at] of seen) {
        if (nowSeconds - at <= 2 * windowSeconds) break
        seen.delete(old)
      }
      if (seen.size >= mostRemembered) return 'refused'
      seen.set(expected, nowSeconds)
      return 'fresh'
    },
  }
}

/** `Authorization: Bearer <secret>`, `Authorization: Basic` with it as password, or `X-Sallyport-Secret`. */
export function createSecretProof(secret: string): Proof {
  return {
    check(request) {
      const authorization = header(request, 'authorization') ?? ''
      const [scheme = '', value = ''] = authorization.split(' ', 2)
      const shown =
        scheme.toLowerCase() === 'bearer'
          ? value
          : scheme.toLowerCase() === 'basic'
            ? Buffer.from(value, 'base64')
                .toString()
                .replace(/^[^:]*:/u, '')
            : (header(request, 'x-sallyport-secret') ?? '')
      return isSame(shown, secret) ? 'fresh' : 'refused'
    },
  }
}

export function header({ headers }: CallbackRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}
