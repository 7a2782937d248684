import { describe, expect, it } from 'vitest'

import { fillRandom } from './random.ts'

describe('fillRandom', () => {
  it('gives every caller other octets, also beyond what is drawn at a time', () => {
    const seen = new Set<string>()
    for (let draw = 0; draw < 1_000; draw++) {
      const octets = new Uint8Array(16)
      fillRandom(octets)
      seen.add(Buffer.from(octets).toString('hex'))
    }
    expect(seen.size).toBe(1_000)
  })

  it('fills what does not divide what is drawn at a time', () => {
    for (let draw = 0; draw < 100; draw++) {
      const octets = new Uint8Array(1_000)
      fillRandom(octets)
      // A thousand random octets without 500 zeros: what was left unfilled would show.
      expect(octets.filter((octet) => octet === 0).length).toBeLessThan(500)
    }
  })

  it('refuses what it cannot fill', () => {
    expect(() => fillRandom(new Uint8Array(4_097))).toThrow(RangeError)
  })
})
