import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeVapidKeys, vapidAuthorization } from './vapid.ts'

test('RFC 8292 §2: the token names the push service and who sends, ends within a day, and is signed by the key that is named', () => {
  const keys = makeVapidKeys()
  const now = new Date('2026-11-23T10:00:00Z')
  const value = vapidAuthorization('https://push.example.net:8443/a/b?c', 'https://mfa.example.com', keys, now)
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(value) ?? []
  const [head = '', body = '', signature = ''] = token.split('.')
  const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown
  expect(json(head)).toEqual({ typ: 'JWT', alg: 'ES256' })
  const exp = now.getTime() / 1000 + 12 * 3600
  expect(json(body)).toEqual({ aud: 'https://push.example.net:8443', exp, sub: 'https://mfa.example.com' })
  const point = Buffer.from(key, 'base64url')
  expect([point.length, point[0]]).toEqual([65, 4])
  const x = point.subarray(1, 33).toString('base64url')
  const y = point.subarray(33).toString('base64url')
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const isRight = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  expect(isRight).toBe(true)
})
