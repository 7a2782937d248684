import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { vpnSessionDetails, vpnSessionRow, type VpnSessionFilter } from '@sallyport/contract'
import { accountingRecord } from '../../test/accounting-record.ts'
import { dataFolder, testStore } from '../../test/data-folder.ts'
import { openJournal, openMover, type AccountingRecord } from '../engine.ts'
import type { Store } from '../types.ts'

const baseMs = 1_700_000_000_000
const iso = (seconds: number) => new Date(baseMs + seconds * 1000).toISOString()

/** One session a second, oldest first; its session id numbers it. */
async function history(records: readonly Partial<AccountingRecord>[]): Promise<Store> {
  const dataDir = dataFolder()
  const store = await testStore(dataDir)
  const journal = openJournal({ dataDir })
  journal.append(
    records.map((fields, number) => ({
      kind: 'accounting',
      record: accountingRecord({
        ...{ atMs: baseMs + number * 1000, clientId: randomUUID(), sessionId: String(number) },
        ...{ status: 'start', nasPort: String(number) },
        ...fields,
      }),
    })),
  )
  journal.close()
  const mover = openMover({ dataDir, clock: () => baseMs })
  while (mover.move(1000) > 0);
  mover.close()
  return store
}

async function found(store: Store, filter: VpnSessionFilter, limit = 2): Promise<string[]> {
  const ports: string[] = []
  let cursor: string | undefined
  do {
    const page = await store.vpnSessions.list(filter, { limit, cursor })
    for (const { id } of page.rows) ports.push((await store.vpnSessions.byId(id))?.nasPort ?? '')
    cursor = page.nextCursor ?? undefined
    if (cursor === undefined) expect(page.total).toBe(ports.length)
  } while (cursor !== undefined)
  return ports
}

describe('the VPN sessions', () => {
  it('come as the contract says, counters beyond 32 bits included', async () => {
    const clientId = randomUUID()
    const store = await history([
      {
        ...{ clientId, status: 'stop', seconds: 60, inputOctets: 7e12, cause: 'user-request', class: '6162' },
        ...{ assignedIpv4: '10.8.0.7', assignedIpv6: '2001:db8::7', callingStation: '198.51.100.7' },
      },
    ])
    const { rows } = await store.vpnSessions.list({}, { limit: 5 })
    expect(rows.map((row) => vpnSessionRow.parse(row))).toEqual([
      expect.objectContaining({
        ...{ state: 'ended', startedAt: iso(-60), endedAt: iso(0), heardAt: iso(0), cause: 'user-request' },
        ...{ username: 'Alice', user: null, client: { id: clientId, name: 'VPN' }, inputOctets: 7e12 },
        ...{ assignedAddresses: ['10.8.0.7', '2001:db8::7'], outputOctets: null, seconds: 60 },
      }),
    ])
    const details = vpnSessionDetails.parse(await store.vpnSessions.byId(rows[0]?.id ?? ''))
    expect(details).toMatchObject({ startSeen: false, sessionId: '0', class: '6162', intervalSeconds: null })
    expect(await store.vpnSessions.byId(randomUUID())).toBeNull()
  })

  it('come by their beginning, page by page, and are counted where they go on', async () => {
    const store = await history([...Array.from({ length: 5 }, () => ({})), { status: 'stop' }])
    for (const limit of [1, 2, 6]) expect(await found(store, {}, limit)).toEqual(['5', '4', '3', '2', '1', '0'])
    expect(await store.vpnSessions.connected()).toBe(5)
    const streamed: unknown[] = []
    for await (const rows of store.vpnSessions.stream({ state: 'active' })) streamed.push(...rows)
    expect(streamed).toEqual((await store.vpnSessions.list({ state: 'active' }, { limit: 10 })).rows)
    expect(streamed).toHaveLength(5)
  })

  it('are filtered by each field and by all together', async () => {
    const [clientId, userId] = [randomUUID(), randomUUID()]
    const store = await history([
      { username: 'Alice', clientId, userId, userName: 'alice', callingStation: '198.51.100.7' },
      { username: 'alicia', clientId, assignedIpv4: '10.8.0.7' },
      { username: 'bob', userId, userName: 'bob', assignedIpv6: '2001:db8::7' },
      { username: 'ALICE', clientId, userId, userName: 'alice', status: 'stop', assignedIpv4: '10.8.0.70' },
    ])
    expect(await found(store, { username: 'alic' })).toEqual(['3', '1', '0'])
    expect(await found(store, { clientId })).toEqual(['3', '1', '0'])
    expect(await found(store, { userId })).toEqual(['3', '2', '0'])
    expect(await found(store, { state: 'active' })).toEqual(['2', '1', '0'])
    expect(await found(store, { address: '10.8.0.7' })).toEqual(['3', '1'])
    expect(await found(store, { address: '198.51' })).toEqual(['0'])
    expect(await found(store, { address: '2001:db8' })).toEqual(['2'])
    expect(await found(store, { address: '%' })).toEqual([])
    expect(await found(store, { from: iso(1), to: iso(2) })).toEqual(['2', '1'])
    const all = { username: 'a', clientId, userId, state: 'ended', address: '10.', from: iso(0), to: iso(4) } as const
    expect(await found(store, all)).toEqual(['3'])
  })

  it('are found by a common beginning of addresses as well as by a rare one', async () => {
    const many = Array.from({ length: 6000 }, (_, number) => ({
      assignedIpv4: number % 1000 === 0 ? '192.0.2.1' : '10.8.0.7',
    }))
    const store = await history(many)
    expect((await store.vpnSessions.list({ address: '10.' }, { limit: 200 })).total).toBe(5994)
    expect(await found(store, { address: '192.' })).toEqual(['5000', '4000', '3000', '2000', '1000', '0'])
  })
})
