/** The table of requests in flight and replies given: its rules, and its bounds. */
import { describe, expect, it } from 'vitest'

import { DuplicateTable, type RememberedRequest } from './duplicates.ts'

const authenticator = (fill: number) => new Uint8Array(16).fill(fill)
const reply = Uint8Array.of(2)
const table = (pendingLimit = 100, replyLimit = 100) =>
  new DuplicateTable({ replyCacheMs: 30_000, pendingLimit, replyLimit })

function taken(duplicates: DuplicateTable, key: string, fill = 1, nowMs = 0): RememberedRequest {
  const arrival = duplicates.arrive(key, authenticator(fill), nowMs)
  if (arrival.kind !== 'new') throw new Error(arrival.kind)
  return arrival.entry
}

describe('RFC 5080 §2.2.2', () => {
  it('ignores a duplicate in flight, and repeats an answer', () => {
    const duplicates = table()
    const entry = taken(duplicates, 'a')
    expect(duplicates.arrive('a', authenticator(1), 0)).toEqual({ kind: 'in-flight' })
    duplicates.answer(entry, reply, 0)
    expect(duplicates.arrive('a', authenticator(1), 29_999)).toEqual({ kind: 'answered', reply })
    expect(duplicates.arrive('a', authenticator(1), 30_000).kind).toBe('new')
  })

  it('supersedes by another authenticator, in flight or answered', () => {
    const duplicates = table()
    const first = taken(duplicates, 'a', 1)
    expect(duplicates.arrive('a', authenticator(2), 0)).toMatchObject({ kind: 'new', superseded: true })
    expect(first.superseded).toBe(true)
    expect(duplicates.pending).toBe(1)
    duplicates.answer(first, reply, 0)
    expect(duplicates.answered).toBe(0)

    const other = taken(duplicates, 'b', 1)
    duplicates.answer(other, reply, 0)
    expect(duplicates.arrive('b', authenticator(2), 0)).toMatchObject({ kind: 'new', superseded: false })
    expect(duplicates.answered).toBe(0)
  })

  it('takes a retransmission anew once the first was forgotten', () => {
    const duplicates = table()
    const entry = taken(duplicates, 'a')
    duplicates.forget(entry)
    duplicates.forget(entry)
    expect(duplicates.pending).toBe(0)
    expect(duplicates.arrive('a', authenticator(1), 0).kind).toBe('new')
  })

  it('does not forget an answer', () => {
    const duplicates = table()
    const entry = taken(duplicates, 'a')
    duplicates.answer(entry, reply, 0)
    duplicates.forget(entry)
    expect(duplicates.arrive('a', authenticator(1), 0).kind).toBe('answered')
  })
})

describe('bounds', () => {
  it('refuse what is beyond the limit of requests in flight, but not a newer one in an older’s place', () => {
    const duplicates = table(2)
    taken(duplicates, 'a')
    taken(duplicates, 'b')
    expect(duplicates.arrive('c', authenticator(1), 0)).toEqual({ kind: 'full' })
    expect(duplicates.arrive('a', authenticator(2), 0).kind).toBe('new')
    expect(duplicates.pending).toBe(2)
  })

  it('forget the oldest answer when there are too many', () => {
    const duplicates = table(100, 2)
    for (const key of ['a', 'b', 'c']) duplicates.answer(taken(duplicates, key), reply, 0)
    expect(duplicates.answered).toBe(2)
    expect(duplicates.arrive('b', authenticator(1), 0).kind).toBe('answered')
    expect(duplicates.arrive('a', authenticator(1), 0).kind).toBe('new')
  })

  it('hold through any order of answers, removals and expiry', () => {
    const duplicates = table(1000, 50)
    const open: RememberedRequest[] = []
    for (let step = 0; step < 5000; step++) {
      const arrival = duplicates.arrive(String((step * 7) % 130), authenticator(step % 3), step * 100)
      if (arrival.kind === 'new') open.push(arrival.entry)
      const next = open[(step * 13) % open.length]
      if (next && step % 2 === 0) duplicates.answer(next, reply, step * 100)
      if (next && step % 5 === 0) duplicates.forget(next)
      expect(duplicates.answered).toBeLessThanOrEqual(50)
      expect(duplicates.pending).toBeLessThanOrEqual(130)
    }
    duplicates.expire(Number.MAX_SAFE_INTEGER)
    expect(duplicates.answered).toBe(0)
    for (const entry of open) duplicates.forget(entry)
    expect(duplicates.pending).toBe(0)
  })
})
