import { randomUUID } from 'node:crypto'
import { openJournal, openMover, type AccountingRecord } from '@sallyport/store/engine'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

const now = Date.parse('2026-11-23T10:00:00.000Z')
const clientId = randomUUID()
const told = (minutesAgo: number, fields: Partial<AccountingRecord>): AccountingRecord => ({
  ...{ id: randomUUID(), status: 'start', atMs: now - minutesAgo * 60_000, heardAtMs: now - minutesAgo * 60_000 },
  ...{ clientId, clientName: 'VPN', nasIdentifier: null, nasAddress: null, deviceAddress: '192.0.2.1', nasPort: null },
  ...{ sessionId: String(minutesAgo), multiSessionId: null, username: 'ann', userId: null, userName: null },
  ...{ assignedIpv4: null, assignedIpv6: null, callingStation: null, calledStation: null, seconds: null },
  ...{ inputOctets: null, outputOctets: null, inputPackets: null, outputPackets: null },
  ...{ cause: null, interimSeconds: null, class: null },
  ...fields,
})

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  const { dataDir } = console
  const journal = openJournal({ dataDir })
  const records = [
    told(1, { username: '=cmd()', assignedIpv4: '10.8.0.7', assignedIpv6: '2001:db8::7' }),
    told(2, { status: 'stop', seconds: 60, inputOctets: 5e9, outputOctets: 7, cause: 'idle-timeout' }),
  ]
  journal.append(records.map((record) => ({ kind: 'accounting', record })))
  const mover = openMover({ dataDir, clock: () => now })
  while (mover.move(10) > 0);
  mover.close()
  journal.close()
  cookie = await console.signInAs('auditor')
})
afterAll(() => console.close())

describe('the report of VPN sessions', () => {
  test('is a list, newest first, that pages, filters, and says how many are connected', async () => {
    const first = await console.call('GET', '/api/reports/vpn-sessions?limit=1', { cookie })
    expect(first.body).toMatchObject({ total: 2, connected: 1, rows: [{ username: '=cmd()', state: 'active' }] })
    const url = '/api/reports/vpn-sessions?state=ended&to=2026-11-23T09:59:00.000Z'
    expect((await console.call('GET', url, { cookie })).body).toMatchObject({
      ...{ total: 1, connected: 1, nextCursor: null },
      rows: [{ startedAt: '2026-11-23T09:57:00.000Z', endedAt: '2026-11-23T09:58:00.000Z', inputOctets: 5e9 }],
    })
  })

  test('shows one session, and 404 where there is none', async () => {
    const { body } = await console.call('GET', '/api/reports/vpn-sessions?address=10.8', { cookie })
    const [{ id }] = body['rows'] as [{ id: string }]
    expect((await console.call('GET', `/api/reports/vpn-sessions/${id}`, { cookie })).body).toMatchObject({
      ...{ sessionId: '1', startSeen: true, assignedAddresses: ['10.8.0.7', '2001:db8::7'] },
    })
    expect((await console.call('GET', `/api/reports/vpn-sessions/${randomUUID()}`, { cookie })).status).toBe(404)
  })

  test('is exported as CSV that spreadsheets run nothing of', async () => {
    const answer = await console.call('GET', '/api/reports/vpn-sessions.csv', { cookie })
    expect(answer.headers['content-disposition']).toContain('sallyport-vpn-sessions-2026-11-23T1000Z.csv')
    const rows: Record<string, string>[] = parse(answer.text, { bom: true, columns: true })
    expect(rows).toEqual([
      expect.objectContaining({ 'User name as sent': "'=cmd()", 'Assigned address': '10.8.0.7 2001:db8::7' }),
      expect.objectContaining({ State: 'ended', 'Octets in': '5000000000', 'Cause of the end': 'idle-timeout' }),
    ])
  })

  test('is closed to strangers', async () => {
    for (const path of ['', '.csv', `/${randomUUID()}`]) {
      expect((await console.call('GET', `/api/reports/vpn-sessions${path}`)).status).toBe(401)
    }
  })
})
