import { describe, expect, test } from 'vitest'
import { waits } from './queries.ts'

const nowMs = Date.parse('2026-03-01T12:00:00.000Z')
const at = (secondsAgo: number) => new Date(nowMs - secondsAgo * 1_000).toISOString()

describe('a list of sign-ins', () => {
  test('is looked at again while one of them waits for a code that may still come', () => {
    const rows = [
      { result: 'accepted', at: at(1) },
      { result: 'challenged', at: at(40) },
    ] as const
    expect(waits([{ rows }], nowMs)).toBe(true)
  })

  test('rests when all have ended, or when nobody can answer any more', () => {
    expect(waits([{ rows: [{ result: 'rejected', at: at(1) }] }], nowMs)).toBe(false)
    expect(waits([{ rows: [{ result: 'challenged', at: at(301) }] }], nowMs)).toBe(false)
    expect(waits([], nowMs)).toBe(false)
  })
})
