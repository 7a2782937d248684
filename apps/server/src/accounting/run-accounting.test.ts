import { attribute, createSharedSecret, radsecSecret, type Packet, type Response } from '@sallyport/radius'
import type { EngineClient, JournalRecord } from '@sallyport/store/engine'
import { beforeEach, expect, test } from 'vitest'

import { runAccounting, type AccountingDrop, type AccountingRequest, type AccountingTools } from './accounting.ts'

const sharedSecret = 'the secret of the device'
const client = { id: 'client-1', address: '192.0.2.1', applicationName: '', sharedSecret } as EngineClient

let events: string[]
let records: JournalRecord[]
let drops: AccountingDrop[]
let wanted: 'yes' | 'no' | 'full'
let write: () => Promise<void>
let tools: AccountingTools

beforeEach(() => {
  events = []
  records = []
  drops = []
  wanted = 'no'
  write = () => Promise.resolve()
  tools = {
    clock: () => 1_000_000,
    newId: () => 'row-1',
    users: { find: ([name]) => (name === 'alice' ? { id: 'u1', username: 'Alice' } : undefined) },
    forwarding: { wanted: () => wanted, seal: (clientId, secret) => `${clientId}: ${secret} sealed` },
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
    secret: createSharedSecret(sharedSecret),
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

const octets = (...attributes: Packet['attributes']) =>
  Buffer.concat(attributes.map(({ type, value }) => Buffer.from([type, value.length + 2, ...value]))).toString('base64')

test('where a server of the target takes accounting, the request is in the group of its record before it is answered', async () => {
  wanted = 'yes'
  const password = { type: 2, value: new Uint8Array(16) }
  await runAccounting(request(...start, password), tools)
  const session = JSON.stringify(['client-1', '192.0.2.1', 'S1'])
  expect(records.map(({ kind }) => kind)).toEqual(['accounting', 'accounting-to-forward'])
  expect(records[1]).toEqual({
    kind: 'accounting-to-forward',
    // A password does not belong there (RFC 2866 §4.1): it is not kept.
    forward: { heardAtMs: 1_000_000, clientId: 'client-1', session, attributes: octets(...start), sealedSecret: null },
  })
  expect(events).toEqual(['answered 5'])
})

test('what hides something is kept with the secret that it is hidden with, sealed; over RadSec that is a known one', async () => {
  wanted = 'yes'
  const hidden = { type: 69, value: new Uint8Array(19) }
  await runAccounting(request(...start, hidden), tools)
  await runAccounting({ ...request(...start, hidden), secret: radsecSecret }, tools)
  const forwards = records.flatMap((record) => (record.kind === 'accounting-to-forward' ? [record.forward] : []))
  expect(forwards.map(({ sealedSecret }) => sealedSecret)).toEqual([
    'client-1: the secret of the device sealed',
    'client-1: radsec sealed',
  ])
})

test('where there is no room to keep it until it is forwarded, a request meets silence, and is counted by name', async () => {
  wanted = 'full'
  await runAccounting(request(...start), tools)
  expect([events, drops, records]).toEqual([['ignored'], ['accounting-outbox-full'], []])
})

test('what is no session is answered (RFC 2867), and forwarded where somebody takes it', async () => {
  const tunnel = [attribute('Acct-Status-Type', 'Tunnel-Start'), attribute('Acct-Tunnel-Connection', 'T7')]
  await runAccounting(request(...tunnel), tools)
  expect([events, records]).toEqual([['answered 5'], []])
  wanted = 'yes'
  await runAccounting(request(...tunnel), tools)
  expect(events).toEqual(['answered 5', 'answered 5'])
  const session = JSON.stringify(['client-1', '192.0.2.1', 'T7'])
  const forward = expect.objectContaining({ session, attributes: octets(...tunnel) }) as unknown
  expect(records).toEqual([{ kind: 'accounting-to-forward', forward }])
})
