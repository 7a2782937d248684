/** A shared secret keeps itself out of logs, errors and JSON. */
import { inspect } from 'node:util'

import { expect, it } from 'vitest'

import { createSharedSecret, revealSecret } from './shared-secret.ts'

it('never shows its octets', () => {
  const secret = createSharedSecret('hunter2')
  const shown = [inspect(secret, { showHidden: true, depth: 9 }), String(secret), JSON.stringify({ secret })]
  for (const text of shown) expect(text).not.toMatch(/hunter2|68756e746572|104/)
})

it('is not changed by who made it', () => {
  const octets = Uint8Array.of(1, 2, 3)
  const secret = createSharedSecret(octets)
  octets.fill(9)
  expect(revealSecret(secret).octets).toEqual(Uint8Array.of(1, 2, 3))
})

it('has 1 to 1024 octets (RFC 2865 §3)', () => {
  expect(() => createSharedSecret('')).toThrow(RangeError)
  expect(() => createSharedSecret('x'.repeat(1025))).toThrow(RangeError)
  expect(revealSecret(createSharedSecret('x'.repeat(1024))).octets).toHaveLength(1024)
})
