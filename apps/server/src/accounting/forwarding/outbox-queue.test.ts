import type { OutboxRow } from '@sallyport/store/engine'
import { expect, test } from 'vitest'

import { OutboxQueue } from './outbox-queue.ts'

/** An outbox of rows with these sessions, numbered from 1; `read` counts the rows that were handed out. */
function outboxOf(count: number, sessionOf: (id: number) => number) {
  const rows: OutboxRow[] = Array.from({ length: count }, (_, at) => row(at + 1, sessionOf(at + 1)))
  const reader = {
    read: 0,
    put: (sessionKey: number) => void rows.push(row(rows.length + 1, sessionKey)),
    after: (id: number, atMost: number) => counted(rows.slice(id, id + atMost)),
    ofSession: (key: number, from: number, to: number, atMost: number) =>
      counted(rows.filter(({ id, sessionKey }) => sessionKey === key && id >= from && id <= to).slice(0, atMost)),
  }
  function counted(page: readonly OutboxRow[]) {
    reader.read += page.length
    return page
  }
  return reader
}

function row(id: number, sessionKey: number): OutboxRow {
  return { id, sessionKey, heardAtMs: 0, attributes: new Uint8Array(0), clientId: '', sealedSecret: null }
}

/** Everything that is ready, each acknowledged as soon as it is handed out; `refuse` is not. */
function drain(queue: OutboxQueue, refuse: (row: OutboxRow) => boolean = () => false, nowMs = 0): number[] {
  const ids: number[] = []
  for (let next = queue.next(); next; next = queue.next()) {
    if (refuse(next)) queue.refused(next, nowMs, (failures) => failures * 100)
    else {
      ids.push(next.id)
      queue.acknowledged(next)
    }
  }
  return ids
}

test('rows of one session go one after the other, those of others beside them', () => {
  const queue = new OutboxQueue(outboxOf(4, (id) => (id === 2 ? 20 : 10)))
  const [first, second] = [queue.next(), queue.next()]
  expect([first?.id, second?.id, queue.next()]).toEqual([1, 2, undefined])
  if (first) queue.acknowledged(first)
  expect(queue.next()?.id).toBe(3)
  expect(queue.next()).toBeUndefined()
})

test('a row that could not be sent is next again, before the rest of its session', () => {
  const queue = new OutboxQueue(outboxOf(2, () => 10))
  const first = queue.next()
  if (first) queue.returned(first)
  expect(drain(queue)).toEqual([1, 2])
})

test('a session that is refused waits by itself, keeps its order, and takes in what came meanwhile', () => {
  const outbox = outboxOf(6, (id) => (id % 2 === 0 ? 20 : 10))
  const queue = new OutboxQueue(outbox)
  expect(drain(queue, ({ sessionKey }) => sessionKey === 10)).toEqual([2, 4, 6])
  expect([queue.waiting, queue.rows]).toEqual([1, 0])
  outbox.put(10)
  outbox.put(20)
  queue.more()
  expect(drain(queue)).toEqual([8])
  queue.wake(99)
  expect(drain(queue)).toEqual([])
  queue.wake(100)
  expect(drain(queue, () => true, 100)).toEqual([])
  // Twice in a row: twice as long.
  queue.wake(299)
  expect(drain(queue)).toEqual([])
  queue.wake(300)
  expect(drain(queue)).toEqual([1, 3, 5, 7])
  outbox.put(10)
  queue.more()
  expect(drain(queue)).toEqual([9])
})

test('a million rows are read a page at a time, whatever stands in front of them', () => {
  const outbox = outboxOf(1_000_000, (id) => id)
  const queue = new OutboxQueue(outbox)
  for (let asked = 0; asked < 1_000; asked++) queue.next()
  expect(outbox.read).toBeLessThan(3_000)
  expect(queue.rows).toBeLessThanOrEqual(2_500)
})

test('a million rows of one session are read no faster than they go', () => {
  const outbox = outboxOf(10_000, () => 10)
  const queue = new OutboxQueue(outbox)
  expect(queue.next()?.id).toBe(1)
  for (let asked = 0; asked < 100; asked++) expect(queue.next()).toBeUndefined()
  expect(queue.rows).toBeLessThanOrEqual(32)
  const first = row(1, 10)
  queue.acknowledged(first)
  expect(drain(queue)).toEqual(Array.from({ length: 9_999 }, (_, at) => at + 2))
})

test('when too many sessions are refused nothing more is read, until one of them goes on', () => {
  const outbox = outboxOf(30_000, (id) => id)
  const queue = new OutboxQueue(outbox)
  expect(drain(queue, () => true)).toEqual([])
  expect(queue.waiting).toBeLessThanOrEqual(12_500)
  const read = outbox.read
  expect(queue.next()).toBeUndefined()
  expect(outbox.read).toBe(read)
  let delivered = 0
  for (let now = 100; now < 100_000 && delivered < 30_000; now += 100) {
    queue.wake(now)
    delivered += drain(queue).length
  }
  expect(delivered).toBe(30_000)
})

test('what is given up is forgotten, and what was with a server then changes nothing', () => {
  const outbox = outboxOf(5, (id) => id)
  const queue = new OutboxQueue(outbox)
  const first = queue.next()
  queue.forget(5)
  if (first) queue.acknowledged(first)
  expect([queue.next(), queue.rows]).toEqual([undefined, 0])
  outbox.put(6)
  queue.more()
  expect(drain(queue)).toEqual([6])
})
