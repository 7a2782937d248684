/** MS-CHAP-Error's string, written and read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { formatMschapError, mschapErrors, parseMschapError } from './mschap-error.ts'

const challenge = Uint8Array.from({ length: 16 }, (_, index) => index * 17)

describe('the string of MS-CHAP-Error (RFC 2759 §6)', () => {
  it('says code, retry, challenge, version and message', () => {
    const error = { code: 691, retry: true, challenge, version: 3, message: 'Wrong password M=1 R=0' }
    const text = 'E=691 R=1 C=00112233445566778899AABBCCDDEEFF V=3 M=Wrong password M=1 R=0'
    expect(formatMschapError(error)).toBe(text)
    expect(parseMschapError(text)).toEqual(error)
  })

  it('leaves out what is not known', () => {
    const error = { code: mschapErrors.passwordExpired, retry: false }
    expect(formatMschapError(error)).toBe('E=648 R=0')
    expect(parseMschapError('E=648 R=0')).toEqual(error)
    expect(parseMschapError('E=648')).toEqual(error)
  })

  it('is none without a code, and overlooks parts that are malformed', () => {
    for (const text of ['', 'R=1', 'E=', 'E=abc R=1', 'X E=691']) expect(parseMschapError(text)).toBeUndefined()
    expect(parseMschapError('E=691 R=1 C=0011 V=x')).toEqual({ code: 691, retry: true })
  })

  it('never throws, whatever it reads', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseMschapError(`E=691${text}`)))
  })
})
