import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UsageSlice, UsageView, UserUsage } from '@sallyport/contract'
import { startConsole, type TestConsole } from '../test/console.ts'
import { recordSignIns, signInRecord } from '../test/sign-ins.ts'

const now = Date.parse('2026-11-23T10:00:00.000Z')
const client = '3f0c4f0e-6f0a-4d43-9a39-0c8f3a6c8b11'
const push = { factor: 'push', result: 'accepted', reason: 'password-and-approval' } as const

let console: TestConsole
let cookie: string
let annId: string
beforeAll(async () => {
  console = await startConsole()
  const administrator = await console.signInAs('administrator')
  const { body } = await console.call('POST', '/api/users', {
    cookie: administrator,
    body: { username: 'ann', firstName: '=Ann', lastName: 'Lee', email: '', description: '', enabled: true },
  })
  annId = body['id'] as string
  const ann = { userId: annId, userName: 'ann' }
  const hour = (hoursAgo: number, changes: Parameters<typeof signInRecord>[1] = {}) =>
    signInRecord(now - hoursAgo * 3_600_000, changes)
  recordSignIns(console.dataDir, now, [
    ...[hour(1, ann), hour(1.1), hour(1, { ...ann, test: true }), hour(2, { ...push, ...ann })],
    ...[hour(2, { ...push, ...ann, clientId: client, clientName: 'VPN “west”' })],
    ...[hour(30, { ...push, clientId: client, clientName: 'VPN “west”' })],
    hour(24 * 400, ann),
    hour(2, { result: 'challenged', reason: 'code-requested' }),
  ])
  cookie = await console.signInAs('auditor')
})
afterAll(() => console.close())

const week = 'from=2026-11-17T10:00:00.000Z'

async function usage(query: string): Promise<UsageView> {
  const { status, body } = await console.call('GET', `/api/reports/usage?${query}`, { cookie })
  expect(status).toBe(200)
  return body as unknown as UsageView
}

/** Of all slices: how many of each. */
function sums({ slices }: Pick<UsageView, 'slices'>): Record<string, number> {
  const found: Record<string, number> = {}
  for (const { key, result, count } of slices.flatMap(({ counts }) => counts)) {
    found[`${key} ${result}`] = (found[`${key} ${result}`] ?? 0) + count
  }
  return found
}

describe('the report of usage', () => {
  test('counts by result, by application and by method', async () => {
    expect(sums(await usage(week))).toEqual({ 'wrong-password rejected': 2, 'password-and-approval accepted': 3 })
    const byApplication = await usage(`${week}&by=application`)
    expect(sums(byApplication)).toEqual({ ' rejected': 2, ' accepted': 1, [`${client} accepted`]: 2 })
    expect(byApplication.names).toEqual({ [client]: 'VPN “west”' })
    expect(sums(await usage(`${week}&by=method`))).toEqual({ 'none rejected': 2, 'push accepted': 3 })
  })

  test('counts by days of the viewer, from the first sign-in on where nothing else is said', async () => {
    const found = await usage(`${week}&zone=Europe/Berlin`)
    expect(found).toMatchObject({ step: 'day', zone: 'Europe/Berlin', uncounted: 0 })
    expect(found.slices.at(-1)).toMatchObject({ from: '2026-11-22T23:00:00.000Z', to: '2026-11-23T10:00:00.000Z' })
    expect((await usage('')).slices[0]?.counts).toEqual([{ key: 'wrong-password', result: 'rejected', count: 1 }])
  })

  test('is filtered', async () => {
    expect(sums(await usage(`${week}&clientId=${client}`))).toEqual({ 'password-and-approval accepted': 2 })
    expect(sums(await usage(`${week}&factor=none`))).toEqual({ 'wrong-password rejected': 2 })
    expect(sums(await usage(`${week}&result=unanswered`))).toEqual({})
  })

  test('of one user is by days of UTC, of which the ends are whole too', async () => {
    const found = await usage(`from=2026-11-23T09:30:00.000Z&zone=Asia/Tokyo&userId=${annId}`)
    expect(found).toMatchObject({ step: 'day', zone: 'UTC' })
    expect(found.slices.map(({ from }) => from)).toEqual(['2026-11-23T00:00:00.000Z'])
    expect(sums(found)).toEqual({ 'wrong-password rejected': 1, 'password-and-approval accepted': 2 })
  })

  test('by user says how each ended', async () => {
    const { body } = await console.call('GET', `/api/reports/usage/users?${week}`, { cookie })
    expect(body).toMatchObject({ from: '2026-11-17T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z', nextCursor: null })
    expect(body['rows']).toEqual([
      {
        user: { id: annId, username: 'ann', name: '=Ann Lee' },
        ...{ accepted: 2, rejected: 1, unanswered: 0, methods: { push: 2 }, lastSignInAt: '2026-11-23T08:00:00.000Z' },
      },
    ])
    const none = await console.call('GET', `/api/reports/usage/users?${week}&clientId=${annId}`, { cookie })
    expect(none.body['rows']).toEqual([])
  })
})

describe('the exports of usage', () => {
  const csv = async (path: string) => {
    const { text } = await console.call('GET', path, { cookie })
    return parse(text, { bom: true, columns: true }) as unknown as Record<string, string>[]
  }

  test('hold the same as CSV, with the names of applications', async () => {
    const rows = await csv(`/api/reports/usage.csv?${week}&by=application&result=accepted`)
    expect(rows.map((row) => [row['What'], row['Result'], row['Count']])).toEqual([
      ['VPN “west”', 'accepted', '1'],
      ['', 'accepted', '1'],
      ['VPN “west”', 'accepted', '1'],
    ])
  })

  test('hold the same as lines of JSON', async () => {
    const { text } = await console.call('GET', `/api/reports/usage.jsonl?${week}`, { cookie })
    const slices = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as UsageSlice)
    expect(slices).toEqual((await usage(week)).slices)
  })

  test('hold the users, without formulas', async () => {
    const [row] = await csv(`/api/reports/usage/users.csv?${week}`)
    expect(row).toMatchObject({ User: 'ann', Name: "'=Ann Lee", Accepted: '2', Rejected: '1', 'Mobile app': '2' })
    const { text } = await console.call('GET', `/api/reports/usage/users.jsonl?${week}`, { cookie })
    expect((JSON.parse(text) as UserUsage).user.username).toBe('ann')
  })
})
