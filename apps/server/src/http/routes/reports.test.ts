import { randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'
import { recordSignIns, signInRecord } from '../test/sign-ins.ts'

const now = Date.parse('2026-11-23T10:00:00.000Z')
const signIn = (minutesAgo: number, changes: Parameters<typeof signInRecord>[1] = {}) =>
  signInRecord(now - minutesAgo * 60_000, changes)
const signIns = [
  signIn(1, { username: '=cmd()', callingStation: '+49 30 123' }),
  signIn(2, { username: '@SUM(A1)', result: 'accepted', reason: 'password-and-code', factor: 'oath', test: true }),
  signIn(3, { username: 'a "quoted", name' }),
  signIn(59, { username: 'müller' }),
  signIn(61, { username: 'long ago' }),
]

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  recordSignIns(console.dataDir, now, signIns)
  cookie = await console.signInAs('auditor')
})
afterAll(() => console.close())

describe('the report of sign-ins', () => {
  test('is a list, newest first, that pages and filters', async () => {
    const first = await console.call('GET', '/api/reports/sign-ins?limit=2', { cookie })
    expect(first.body).toMatchObject({ total: 5, rows: [{ username: '=cmd()' }, { username: '@SUM(A1)' }] })
    const url = '/api/reports/sign-ins?result=accepted&from=2026-11-23T09:00:00.000Z'
    expect((await console.call('GET', url, { cookie })).body).toMatchObject({ total: 1, nextCursor: null })
  })

  test('shows one sign-in, and 404 where there is none', async () => {
    const { body } = await console.call('GET', `/api/reports/sign-ins/${String(signIns[0]?.id)}`, { cookie })
    expect(body).toMatchObject({ username: '=cmd()', rounds: [] })
    expect((await console.call('GET', `/api/reports/sign-ins/${randomUUID()}`, { cookie })).status).toBe(404)
  })

  test('refuses a date that is none', async () => {
    const { body } = await console.call('GET', '/api/reports/sign-ins?from=yesterday', { cookie })
    expect(body).toMatchObject({ status: 400, errors: [{ path: 'from' }] })
  })
})

describe('the export', () => {
  test('is a CSV file that spreadsheets read as UTF-8 and run nothing of', async () => {
    const answer = await console.call('GET', '/api/reports/sign-ins.csv', { cookie })
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="sallyport-sign-ins-2026-11-23T1000Z.csv"',
      'cache-control': 'no-store',
    })
    expect(answer.text.startsWith('\uFEFFId,Time (UTC),User name as sent,')).toBe(true)
    expect(answer.text.endsWith('\r\n')).toBe(true)
    const rows: Record<string, string>[] = parse(answer.text, { bom: true, columns: true })
    expect(rows.map((row) => row['User name as sent'])).toEqual([
      "'=cmd()",
      "'@SUM(A1)",
      'a "quoted", name',
      'müller',
      'long ago',
    ])
    expect(rows[0]).toMatchObject({ 'Calling station': "'+49 30 123", Reason: 'wrong-password', Count: '1' })
    expect(rows.map((row) => row['Test'])).toEqual(['', 'yes', '', '', ''])
  })

  test('holds what the filter lets through', async () => {
    const { text } = await console.call('GET', '/api/reports/sign-ins.csv?result=accepted', { cookie })
    expect(text.trim().split('\r\n')).toHaveLength(2)
  })
})

describe('the last hour on Status', () => {
  test('is sixty minutes, zeros included and tests left out, and the refusals by reason', async () => {
    const { body } = await console.call('GET', '/api/status', { cookie })
    const hour = body['lastHour'] as { minute: string; rejected: number; accepted: number }[]
    expect(hour).toHaveLength(60)
    expect(hour[0]).toEqual({
      minute: '2026-11-23T09:01:00.000Z',
      accepted: 0,
      rejected: 1,
      challenged: 0,
      unanswered: 0,
    })
    expect(hour.reduce((sum, { rejected, accepted }) => sum + rejected + accepted, 0)).toBe(3)
    expect(body['reasons']).toEqual([{ reason: 'wrong-password', count: 3 }])
  })
})
