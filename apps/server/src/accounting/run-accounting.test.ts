import { attribute, type Packet, type Response } from '@sallyport/radius'
import type { EngineClient, JournalRecord } from '@sallyport/store/engine'
import { beforeEach, expect, test } from 'vitest'

import { runAccounting, type AccountingDrop, type AccountingRequest, type AccountingTools } from './accounting.ts'

const client = { id: 'client-1', address: '192.0.2.1', applicationName: '' } as EngineClient

let events: string[]
let records: JournalRecord[]
let drops: AccountingDrop[]
let write: () => Promise<void>
let tools: AccountingTools

beforeEach(() => {
  events = []
  records = []
  drops = []
  write = () => Promise.resolve()
  tools = {
    clock: () => 1_000_000,
    newId: () => 'row-1',
    users: { find: ([name]) => (name === 'alice' ? { id: 'u1', username: 'Alice' } : undefined) },
    record: (all) => {
      records.push(...all)
      return write()
    },
    onDrop: (name) => drops.push(name),
  }
})

function request(...attributes: Packet['attributes']): AccountingRequest {
  return {
    client,
    messageAuthenticator: 'absent',
    source: { address: '192.0.2.1', port: 1, family: 'IPv4' },
    packet: { code: 4, identifier: 1, authenticator: Buffer.alloc(16), attributes } as unknown as Packet,
    respond: ({ code }: Response) => {
      events.push(`answered ${code}`)
      return 'sent'
    },
    ignore: () => void events.push('ignored'),
  }
}

const start = [
  attribute('Acct-Status-Type', 'Start'),
  attribute('Acct-Session-Id', 'S1'),
  attribute('User-Name', 'alice'),
]

test('a request is answered after it is on disk, and not before; nothing else is learned from it', async () => {
  write = async () => {
    await Promise.resolve()
    events.push('durable')
  }
  await runAccounting(request(...start), tools)
  expect(events).toEqual(['durable', 'answered 5'])
  expect(records).toEqual([
    { kind: 'accounting', record: expect.objectContaining({ userId: 'u1', userName: 'Alice' }) as unknown },
  ])
})

test('a request that cannot be written down meets silence, so that the device sends it again', async () => {
  write = () => Promise.reject(new Error('no space left on the device'))
  await runAccounting(request(...start), tools)
  expect(events).toEqual(['ignored'])
  expect(drops).toEqual(['accounting-not-recorded'])
})

test('a request that says nothing to record meets silence, and is counted by name', async () => {
  await runAccounting(request(attribute('Acct-Session-Id', 'S1')), tools)
  expect([events, drops, records]).toEqual([['ignored'], ['accounting-without-status'], []])
})
