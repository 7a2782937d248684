import { expect, test } from 'vitest'
import { z } from 'zod'

import { signInId } from './sign-in-id.ts'

test('an id is a version 7 UUID that sorts by time (RFC 9562 §5.7)', () => {
  const early = signInId(Date.UTC(2026, 0, 1))
  const late = signInId(Date.UTC(2026, 0, 1) + 1)
  expect(z.uuidv7().safeParse(early).success).toBe(true)
  expect(early < late).toBe(true)
  expect(Number.parseInt(early.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 0, 1))
})

test('no two ids of one moment are the same', () => {
  const ids = Array.from({ length: 10_000 }, () => signInId(0))
  expect(new Set(ids).size).toBe(ids.length)
})
