import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { fromBase32 } from './base32.ts'
import { importSecret, offlineCode } from './totp.ts'

/** “12345678901234567890” */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('RFC 6238 appendix B: at %i seconds the code is %s', async (seconds, code) => {
  const token = { key: await importSecret(secret), digits: 8, stepSeconds: 30 }
  expect(await offlineCode(token, seconds * 1000)).toBe(code)
})

test('the code is oathtool’s', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const drawn = [...randomBytes(32)].map((octet) => alphabet.charAt(octet % 32)).join('')
  const now = 1_790_000_017
  const expected = execFileSync('oathtool', ['--totp', '--base32', `--now=@${now}`, drawn])
    .toString()
    .trim()
  expect(await offlineCode({ key: await importSecret(drawn), digits: 6, stepSeconds: 30 }, now * 1000)).toBe(expected)
})

test('a secret that is kept for codes cannot be read again', async () => {
  const key = await importSecret(secret)
  expect(key.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
})

test('Base32 is read as RFC 4648 writes it', () => {
  expect(new TextDecoder().decode(fromBase32('MZXW6YTBOI'))).toBe('foobar')
  expect(() => fromBase32('MZXW6YTB0I')).toThrow()
})
