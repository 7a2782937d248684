import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'
import { recordSignIns, signInRecord } from '../test/sign-ins.ts'

const now = Date.parse('2026-11-23T10:00:00.000Z')
const signIn = (hoursAgo: number, changes: Parameters<typeof signInRecord>[1] = {}) =>
  signInRecord(now - hoursAgo * 3_600_000, changes)

const accepted = { result: 'accepted', reason: 'password-and-code' } as const
const down = { result: 'unanswered', reason: 'target-down', count: 40 } as const

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  recordSignIns(console.dataDir, now, [
    ...[signIn(1), signIn(1, { test: true }), signIn(1.1), signIn(1, accepted)],
    ...[signIn(1, { reason: 'wrong-code' }), signIn(30, down), signIn(30)],
    ...[signIn(24 * 400, { reason: 'denied' }), signIn(2, { result: 'challenged', reason: 'code-requested' })],
  ])
  cookie = await console.signInAs('auditor')
})
afterAll(() => console.close())

interface Slice {
  readonly from: string
  readonly to: string
  readonly accepted: number
  readonly denials: readonly { readonly result: string; readonly reason: string; readonly count: number }[]
}

async function slices(query: string): Promise<readonly Slice[]> {
  const { status, body } = await console.call('GET', `/api/reports/denials?${query}`, { cookie })
  expect(status).toBe(200)
  return body['slices'] as Slice[]
}

describe('the report of denials', () => {
  test('counts by reason and by day of the viewer, without tests, challenges and what lies outside', async () => {
    const found = await slices('from=2026-11-18T10:00:00.000Z&zone=Europe/Berlin')
    expect(found.map(({ from }) => from)).toEqual([
      '2026-11-18T10:00:00.000Z',
      ...[18, 19, 20, 21, 22].map((day) => `2026-11-${day}T23:00:00.000Z`),
    ])
    expect(found.at(-1)).toMatchObject({
      accepted: 1,
      denials: [
        { result: 'rejected', reason: 'wrong-password', count: 2 },
        { result: 'rejected', reason: 'wrong-code', count: 1 },
      ],
    })
    expect(found.at(-2)).toMatchObject({
      accepted: 0,
      denials: [
        { result: 'unanswered', reason: 'target-down', count: 40 },
        { result: 'rejected', reason: 'wrong-password', count: 1 },
      ],
    })
    expect(found.slice(0, -2).flatMap(({ denials }) => denials)).toEqual([])
  })

  test('begins with the first sign-in where no beginning is given', async () => {
    const found = await slices('')
    expect(found[0]).toMatchObject({ from: '2025-10-19T10:00:00.000Z', denials: [{ reason: 'denied', count: 1 }] })
  })

  test('is of bounded length, however long the time', async () => {
    const found = await slices('from=0001-01-01T00:00:00.000Z&to=9999-01-01T00:00:00.000Z')
    expect(found.length).toBeLessThan(100)
    expect(found.flatMap(({ denials }) => denials).reduce((sum, { count }) => sum + count, 0)).toBe(45)
  })

  test('is empty where the end lies before the beginning', async () => {
    expect(await slices('from=2026-11-20T00:00:00.000Z&to=2026-11-19T00:00:00.000Z')).toEqual([])
  })

  test('refuses a zone that is none', async () => {
    const { body } = await console.call('GET', '/api/reports/denials?zone=Mars/Phobos', { cookie })
    expect(body).toMatchObject({ status: 400, errors: [{ path: 'zone' }] })
  })
})

describe('the exports', () => {
  test('hold the same as CSV', async () => {
    const { headers, text } = await console.call('GET', '/api/reports/denials.csv?from=2026-11-18T00:00:00.000Z', {
      cookie,
    })
    expect(headers['content-disposition']).toContain('sallyport-denials-2026-11-23T1000Z.csv')
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true })
    expect(rows.map((row) => [row['Result'], row['Reason'], row['Count']])).toEqual([
      ['unanswered', 'target-down', '40'],
      ['rejected', 'wrong-password', '1'],
      ['rejected', 'wrong-password', '2'],
      ['rejected', 'wrong-code', '1'],
    ])
  })

  test('hold the same as lines of JSON', async () => {
    const query = 'from=2026-11-18T10:00:00.000Z'
    const { text, headers } = await console.call('GET', `/api/reports/denials.jsonl?${query}`, { cookie })
    expect(headers['content-type']).toContain('application/x-ndjson')
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(await slices(query))
  })
})
