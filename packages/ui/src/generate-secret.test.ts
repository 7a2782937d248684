import { describe, expect, test } from 'vitest'
import { generateSecret } from './generate-secret.ts'

describe('a generated secret', () => {
  test('has the length asked for and none of the look-alikes I, l, O, 0, 1', () => {
    const secret = generateSecret(128)
    expect(secret).toHaveLength(128)
    expect(secret).toMatch(/^[A-HJ-NP-Za-km-z2-9]+$/)
  })

  test('passes over bytes that would make some letters likelier', () => {
    const bytes = [255, 254, 0, 1]
    expect(generateSecret(2, () => Uint8Array.from(bytes))).toBe('AB')
  })

  test('differs from the one before', () => {
    expect(generateSecret(32)).not.toBe(generateSecret(32))
  })
})
