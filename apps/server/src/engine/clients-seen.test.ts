import { expect, test } from 'vitest'

import { ClientsSeen, type ClientSign } from './clients-seen.ts'

const plain: ClientSign = { messageAuthenticator: false, proxyState: false, method: 'pap' }

test('a client is noted once a minute, and at once when it shows something new', () => {
  const seen = new ClientsSeen([{ id: 'known', messageAuthenticatorSeen: true }])
  expect(seen.due('a', 1_000, plain)).toBe(true)
  expect(seen.due('a', 60_999, plain)).toBe(false)
  expect(seen.due('b', 2_000, plain)).toBe(true)
  expect(seen.due('a', 3_000, { ...plain, proxyState: true })).toBe(true)
  expect(seen.due('a', 4_000, { ...plain, proxyState: true })).toBe(false)
  expect(seen.due('a', 5_000, { ...plain, method: 'ms-chap' })).toBe(true)
  expect(seen.due('a', 6_000, { ...plain, messageAuthenticator: true })).toBe(true)
  expect(seen.due('a', 7_000, { ...plain, messageAuthenticator: true })).toBe(false)
  expect(seen.due('a', 66_000, plain)).toBe(true)
  expect(['a', 'b', 'known'].map((id) => seen.hasProven(id))).toEqual([true, false, true])
})
