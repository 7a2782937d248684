import type { Drop } from '@sallyport/radius'
import type { EngineClient, JournalRecord } from '@sallyport/store/engine'
import { beforeEach, expect, test } from 'vitest'

import { GatheredDrops } from './gathered-drops.ts'

let now: number
let written: { address: string; reason: string; count: number }[]
let drops: GatheredDrops

beforeEach(() => {
  now = 0
  written = []
  let ids = 0
  drops = new GatheredDrops({
    write(record: JournalRecord) {
      if (record.kind !== 'sign-in') return
      const { clientAddress, reason, count } = record.signIn
      written.push({ address: clientAddress, reason, count })
    },
    clock: () => now,
    newId: () => String(++ids),
  })
})

function drop(address: string, reason: Drop<EngineClient>['reason'] = 'unknown-client'): Drop<EngineClient> {
  return { reason, source: { address, port: 1, family: 'IPv4' }, localPort: 1812 }
}

test('an unknown source makes one event at once and one a minute, however hard it floods', () => {
  for (let second = 0; second < 180; second++) {
    now = second * 1_000
    for (let times = 0; times < 50; times++) drops.note(drop('192.0.2.66'))
    if (second % 5 === 0) drops.sweep()
  }
  expect(written).toEqual([
    { address: '192.0.2.66', reason: 'unknown-client', count: 1 },
    { address: '192.0.2.66', reason: 'unknown-client', count: 3_049 },
    { address: '192.0.2.66', reason: 'unknown-client', count: 3_000 },
  ])
})

test('a flood of forged addresses writes a thousand events a minute at most, and the table has room again after it', () => {
  for (let index = 0; index < 100_000; index++) drops.note(drop(`198.51.${index >> 8}.${index & 255}`))
  expect(written).toHaveLength(1_000)
  now = 60_000
  drops.sweep()
  drops.note(drop('192.0.2.1'))
  expect(written).toHaveLength(1_001)
})

test('what is malformed is counted elsewhere and makes no event', () => {
  drops.note(drop('192.0.2.66', 'duplicate-in-flight'))
  expect(written).toEqual([])
})
