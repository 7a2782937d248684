/** The main thread's copy of who is asked. */
import { expect, test } from 'vitest'

import type { PendingRequest } from '../bus/pending.ts'
import { createPendingMirror } from './pending-mirror.ts'

const request = (id: string, more: Partial<PendingRequest> = {}): PendingRequest => ({
  ...{ id, signInId: `sign-in of ${id}`, userId: 'user', username: 'alice', method: 'push', clientId: 'client' },
  ...{ applicationName: '“VPN” \\ <b>', callingStation: null, startedAtMs: 1, expiresAtMs: 60_001 },
  ...{ matching: { kind: 'pick', choices: ['11', '22', '33'] }, withPin: true, deviceIds: ['phone', 'tablet'] },
  ...more,
})

test('a request is told again as it was heard, until it is over', () => {
  const mirror = createPendingMirror(() => undefined)
  const first = request('first')
  mirror.hear({ kind: 'opened', pending: first })
  expect(mirror.control.pendingOf('first')).toEqual(first)
  mirror.hear({ kind: 'closed', id: 'first', outcome: 'denied', deviceIds: first.deviceIds })
  expect(mirror.control.pendingOf('first')).toBeUndefined()
})

test('of a text, the number that its reply must come from is told too', () => {
  const mirror = createPendingMirror(() => undefined)
  const text = request('text', {
    method: 'text',
    matching: { kind: 'none' },
    repliesFrom: '+4917112345678',
    deviceIds: [],
  })
  mirror.hear({ kind: 'opened', pending: text })
  expect(mirror.control.pendingOf('text')).toEqual(text)
})

test('of many, the ones that were asked first are listed, and all are counted', () => {
  const mirror = createPendingMirror(() => undefined)
  for (const id of ['a', 'b', 'c']) mirror.hear({ kind: 'opened', pending: request(id) })
  const { total, first } = mirror.control.pending(2)
  expect([total, first.map(({ id }) => id)]).toEqual([3, ['a', 'b']])
})
