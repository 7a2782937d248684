import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { places } from './places.ts'
import { createSealer, SealError } from './sealer.ts'

const sealer = createSealer(randomBytes(32))
const place = places.sharedSecret('one')

describe('a sealed secret', () => {
  it('opens with its key in its place', () => {
    const secret = randomBytes(40)
    expect(sealer.open(sealer.seal(secret, place), place)).toEqual(secret)
    expect(sealer.open(sealer.seal('', place), place)).toHaveLength(0)
  })

  it('looks different each time', () => {
    expect(sealer.seal('the same', place)).not.toBe(sealer.seal('the same', place))
  })

  it('does not open in another row or column', () => {
    const sealed = sealer.seal('secret', place)
    expect(() => sealer.open(sealed, places.sharedSecret('two'))).toThrow(SealError)
    expect(() => sealer.open(sealed, places.tokenSecret('one'))).toThrow(SealError)
  })

  it('does not open with another key', () => {
    expect(() => createSealer(randomBytes(32)).open(sealer.seal('secret', place), place)).toThrow(SealError)
  })

  it('does not open when any octet was altered, and always says the same', () => {
    const sealed = sealer.seal('secret', place)
    const octets = Buffer.from(sealed.slice(3), 'base64url')
    const messages = new Set<string>()
    for (let index = 0; index < octets.length; index++) {
      const altered = Buffer.from(octets)
      altered[index] = (altered[index] ?? 0) ^ 1
      try {
        sealer.open(`v1.${altered.toString('base64url')}`, place)
        messages.add('opened')
      } catch (error) {
        messages.add(String(error))
      }
    }
    for (const text of ['', 'v1.', 'v2.' + sealed.slice(3), sealed.slice(0, 20)]) {
      expect(() => sealer.open(text, place)).toThrow(SealError)
    }
    expect([...messages]).toEqual([String(new SealError())])
  })
})
