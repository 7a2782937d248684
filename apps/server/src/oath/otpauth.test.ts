import { describe, expect, test } from 'vitest'
import { decodeBase32, encodeBase32, otpauthUri } from './otpauth.ts'

describe('Base32 (RFC 4648 §10)', () => {
  test.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('“%s” is %s, both ways, with and without padding', (text, encoded) => {
    expect(encodeBase32(Buffer.from(text))).toBe(encoded)
    expect(Buffer.from(decodeBase32(encoded) ?? [1]).toString()).toBe(text)
    expect(Buffer.from(decodeBase32(`${encoded}===`) ?? [1]).toString()).toBe(text)
  })

  test.each(['M', 'MZX', 'MZXW6Y', 'M1', 'MZ'])('%s is refused: length, letter or leftover bits', (text) => {
    expect(decodeBase32(text)).toBeUndefined()
  })
})

test('an otpauth URI names issuer, account and every parameter, escaped', () => {
  const uri = new URL(
    otpauthUri({
      secret: Buffer.from('12345678901234567890'),
      account: 'ann b@example.com',
      type: 'totp',
      counter: 0,
      algorithm: 'SHA-256',
      digits: 8,
      stepSeconds: 60,
    }),
  )
  expect(uri.pathname).toBe('/Sallyport:ann%20b%40example.com')
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    issuer: 'Sallyport',
    algorithm: 'SHA256',
    digits: '8',
    period: '60',
  })
})

test('an otpauth URI of a HOTP token names the counter of its next code', () => {
  const token = { secret: Buffer.alloc(20, 1), account: 'ann', algorithm: 'SHA-1', digits: 6, stepSeconds: 30 } as const
  const uri = new URL(otpauthUri({ ...token, type: 'hotp', counter: 7 }))
  expect(uri.host).toBe('hotp')
  expect(uri.searchParams.get('counter')).toBe('7')
  expect(uri.searchParams.has('period')).toBe(false)
})
