import type { SignInRow } from '@sallyport/contract'
import { describe, expect, test } from 'vitest'
import { askSince, countOfNew, merged, rowsKept } from './live-rows.ts'

const now = Date.parse('2026-11-23T10:00:00.000Z')
const row = (id: string, secondsAgo: number, result: SignInRow['result'] = 'accepted') =>
  ({ id, at: new Date(now - secondsAgo * 1000).toISOString(), result }) as SignInRow
const ids = (rows: readonly SignInRow[]) => rows.map(({ id }) => id)

describe('the live view', () => {
  test('holds the newest first, each once, as it stands now', () => {
    const known = [row('b', 20, 'challenged'), row('a', 30)]
    const after = merged(known, [row('c', 10), row('b', 20)], row('', 25).at)
    expect(ids(after)).toEqual(['c', 'b', 'a'])
    expect(after[1]?.result).toBe('accepted')
    expect(countOfNew(known, after)).toBe(1)
  })

  test('lets go of what fits the filter no more', () => {
    expect(ids(merged([row('b', 20, 'challenged'), row('a', 30)], [], row('', 25).at))).toEqual(['a'])
  })

  test('holds no more than so many, whatever comes', () => {
    const burst = Array.from({ length: 500 }, (_, number) => row(`r${number}`, number / 500))
    const after = merged([row('old', 60)], burst, row('', 30).at)
    expect(after).toHaveLength(rowsKept)
    expect(ids(after)).not.toContain('old')
  })

  test('asks for what came since the newest, and for those that still wait', () => {
    const since = (rows: readonly SignInRow[]) => (now - Date.parse(askSince(rows, now))) / 1000
    expect(since([])).toBe(3600)
    expect(since([row('b', 20), row('a', 300)])).toBe(30)
    expect(since([row('b', 20), row('w', 120, 'challenged')])).toBe(120)
    expect(since([row('b', 20), row('w', 400, 'challenged')])).toBe(30)
  })
})
