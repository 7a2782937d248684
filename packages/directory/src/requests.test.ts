/** Tests the book of what waits for an answer: numbers, lateness, and that it cannot grow without end. */
import { expect, test } from 'vitest'

import { LdapFailure } from './failure.ts'
import { Requests } from './requests.ts'
import { type Entry, type Response } from './wire/decode.ts'
import { responseTags } from './wire/tags.ts'

const entryOf = (messageId: number): Response => ({
  tag: responseTags.entry,
  messageId,
  entry: { dn: 'cn=a', attributes: {} },
})
const doneOf = (messageId: number): Response => ({
  tag: responseTags.searchDone,
  messageId,
  resultCode: 0,
  message: '',
  name: '',
  policy: {},
})

/** Adds a search, and says how it ended. */
function search(requests: Requests, timeoutMs = 100) {
  const messageId = requests.nextId()
  const ends: (Entry[] | LdapFailure)[] = []
  const end = (how: Entry[] | LdapFailure) => void ends.push(how)
  const deadlineAt = requests.add(messageId, { kind: 'search', sizeLimit: 2, timeoutMs, resolve: end, reject: end })
  return { messageId, deadlineAt, ends }
}

/** A search that was given up while another was answered. */
function late(requests: Requests) {
  const slow = search(requests)
  // Two readings of the clock may be the same.
  const afterwards = performance.now()
  while (performance.now() === afterwards);
  requests.answer(doneOf(search(requests).messageId), 14)
  expect(requests.expire(slow.deadlineAt)).toBe(Infinity)
  expect(slow.ends).toMatchObject([{ code: 'timeout', blamesServer: false }])
  return slow
}

test('message IDs begin after StartTLS’s and are not given twice while an answer may come', () => {
  const requests = new Requests()
  expect([search(requests), search(requests)].map(({ messageId }) => messageId)).toEqual([2, 3])
  expect(requests.size).toBe(2)
})

test('a late search is late once, however often one looks, and is forgotten when its answer has come', () => {
  const requests = new Requests()
  const { messageId, deadlineAt, ends } = late(requests)
  for (let look = 0; look < 1_000; look++) expect(requests.expire(deadlineAt + look)).toBe(Infinity)
  requests.answer(entryOf(messageId), 20)
  requests.answer(doneOf(messageId), 14)
  expect(requests.size).toBe(0)
  expect(ends).toHaveLength(2)
  expect(ends[1]).toEqual([])
  expect(() => {
    requests.answer(doneOf(messageId), 14)
  }).toThrow('nothing that was asked')
})

test('late answers that come make room for other late ones', () => {
  const requests = new Requests()
  for (let round = 0; round < 300; round++) requests.answer(doneOf(late(requests).messageId), 14)
  expect(requests.size).toBe(0)
})

test('an answer without end is refused, whether anybody still waits for it or not', () => {
  for (const make of [search, late]) {
    const requests = new Requests()
    const { messageId } = make(requests)
    const sendMuch = () => {
      for (let sent = 0; sent < 5; sent++) requests.answer(entryOf(messageId), 16 * 1024 * 1024)
    }
    expect(sendMuch).toThrow('without end')
  }
})

test('what waits is told when the connection fails', () => {
  const requests = new Requests()
  const { ends } = search(requests)
  const failure = new LdapFailure('server-down', 'gone')
  requests.fail(failure)
  expect(ends).toEqual([failure])
  expect(requests.size).toBe(0)
})
