/** User-Password: hidden and read at every length, and noise told from passwords. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createSharedSecret } from './shared-secret.ts'
import { hideUserPassword, looksGarbled, readUserPassword } from './user-password.ts'

const secret = createSharedSecret('xyzzy5461')
const authenticator = Uint8Array.from({ length: 16 }, (_, index) => index)
const utf8 = (text: string) => new TextEncoder().encode(text)
const read = (value: Uint8Array, by = secret) =>
  readUserPassword({ authenticator, attributes: [{ type: 2, value }] }, by)

describe('User-Password (RFC 2865 §5.2)', () => {
  it.each([
    [0, 16],
    [1, 16],
    [16, 16],
    [17, 32],
    [127, 128],
    [128, 128],
  ])('of %i octets is hidden in %i', (length, hidden) => {
    expect(hideUserPassword('x'.repeat(length), secret, authenticator)).toHaveLength(hidden)
  })

  it('of more than 128 octets is refused', () => {
    expect(() => hideUserPassword('é'.repeat(65), secret, authenticator)).toThrow(RangeError)
  })

  it('comes back under the same secret, whatever its octets and the secret’s length', () => {
    const password = fc.uint8Array({ maxLength: 128 }).filter((octets) => octets.at(-1) !== 0)
    fc.assert(
      fc.property(password, fc.uint8Array({ minLength: 1, maxLength: 100 }), (octets, key) => {
        const own = createSharedSecret(key)
        expect(read(hideUserPassword(octets, own, authenticator), own)).toEqual(octets)
      }),
    )
  })

  it('keeps NULs inside, and loses those at its end', () => {
    const hidden = hideUserPassword(Uint8Array.of(0, 65, 0, 66, 0, 0), secret, authenticator)
    expect(read(hidden)).toEqual(Uint8Array.of(0, 65, 0, 66))
  })

  it.each([0, 1, 15, 17, 129, 144])('of %i hidden octets is malformed', (length) => {
    expect(read(new Uint8Array(length))).toBeUndefined()
  })

  it('is undefined when it is absent', () => {
    expect(readUserPassword({ authenticator, attributes: [] }, secret)).toBeUndefined()
  })

  it('is not hidden for an authenticator of another length', () => {
    expect(() => hideUserPassword('x', secret, new Uint8Array(15))).toThrow(TypeError)
  })

  it('looks garbled under another secret', () => {
    const hidden = hideUserPassword('correct horse battery', secret, authenticator)
    expect(looksGarbled(read(hidden, createSharedSecret('other')) ?? new Uint8Array(0))).toBe(true)
  })
})

describe('what looks garbled', () => {
  it.each([
    ['an ASCII password', utf8('pa ss!word~'), false],
    ['a password in any script', utf8('Пароль-密码-é'), false],
    ['no password', new Uint8Array(0), false],
    ['a NUL inside', Uint8Array.of(65, 0, 66), true],
    ['a control character', utf8('a\u0007b'), true],
    ['octets that are no UTF-8', Uint8Array.of(65, 0xff), true],
    ['a C1 control character', utf8('a\u0085b'), true],
  ])('%s: %j → %s', (_what, octets, garbled) => {
    expect(looksGarbled(octets)).toBe(garbled)
  })
})
