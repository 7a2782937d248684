import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
let annId: string

async function addUser(username: string): Promise<string> {
  const { body } = await console.call('POST', '/api/users', {
    ...{ cookie, body: { username, firstName: '', lastName: '', email: '', description: '', enabled: true } },
  })
  return body['id'] as string
}

beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('operator')
  annId = await addUser('ann')
  const bobId = await addUser('bob')
  const post = (path: string, body: object = {}) => console.call('POST', path, { cookie, body })
  await post(`/api/users/${annId}/blocks`, { reason: '=lost phone', until: null })
  await post(`/api/users/${annId}/unblock`)
  console.pass(60_000)
  await post(`/api/users/${bobId}/blocks`, { reason: 'left', until: '2026-11-24T10:00:00.000Z' })
  await post(`/api/users/${annId}/bypasses`, { reason: 'new phone', seconds: 300 })
})
afterAll(() => console.close())

const rows = async (path: string) => {
  const { text } = await console.call('GET', path, { cookie })
  return parse(text, { bom: true, columns: true }) as unknown as Record<string, string>[]
}

describe('who was blocked', () => {
  test('is a list, newest first, with who did it, why and until when, of a time and of names', async () => {
    const list = async (query: string) => {
      const { body } = await console.call('GET', `/api/blocks?state=all&${query}`, { cookie })
      return (body['rows'] as { user: { username: string } }[]).map(({ user }) => user.username)
    }
    expect(await list('')).toEqual(['bob', 'ann'])
    expect(await list('username=AN')).toEqual(['ann'])
    expect(await list('from=2026-11-23T10:00:30.000Z')).toEqual(['bob'])
    expect(await list('to=2026-11-23T10:00:30.000Z')).toEqual(['ann'])
    expect(await list(`userId=${annId}&username=b`)).toEqual([])
  })

  test('is exported, without formulas', async () => {
    const [bob, ann] = await rows('/api/reports/blocked.csv')
    expect(bob).toMatchObject({
      User: 'bob',
      Reason: 'left',
      'Until (UTC)': '2026-11-24T10:00:00.000Z',
      'In force': 'yes',
    })
    expect(ann).toMatchObject({
      User: 'ann',
      Reason: "'=lost phone",
      'Blocked by': 'operator-0',
      'Ended by': 'operator-0',
    })
    expect((await rows('/api/reports/blocked.csv?state=in-force')).length).toBe(1)
    const { text } = await console.call('GET', '/api/reports/blocked.jsonl?username=ann', { cookie })
    expect(JSON.parse(text)).toMatchObject({ user: { username: 'ann' }, inForce: false })
  })
})

test('bypasses are exported, with whether they were used', async () => {
  expect(await rows('/api/reports/bypassed.csv')).toMatchObject([
    { User: 'ann', Reason: 'new phone', 'Given by': 'operator-0', State: 'open', 'Used (UTC)': '' },
  ])
  const { text } = await console.call('GET', '/api/reports/bypassed.jsonl', { cookie })
  expect(JSON.parse(text)).toMatchObject({ state: 'open', user: { username: 'ann' } })
})

test('fraud reports are exported, also where there are none', async () => {
  const { text } = await console.call('GET', '/api/reports/fraud-reports.csv', { cookie })
  expect(text).toContain('Reported (UTC),User')
  expect((await console.call('GET', '/api/reports/fraud-reports.jsonl', { cookie })).text).toBe('')
})
