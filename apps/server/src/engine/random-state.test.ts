import { expect, test } from 'vitest'

import { createRandomState } from './random-state.ts'

test('a State is 22 printable characters, for some devices cut it at a NUL', () => {
  expect(createRandomState()()).toMatch(/^[A-Za-z0-9_-]{22}$/)
})

test('no State is given twice, over several draws and two sources', () => {
  const [one, other] = [createRandomState(), createRandomState()]
  const states = Array.from({ length: 2_000 }, (_, index) => (index % 2 === 0 ? one() : other()))
  expect(new Set(states).size).toBe(states.length)
})
