import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ForwardingStatus } from '../../bus/notices.ts'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string

beforeEach(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
afterEach(() => console.close())

const path = '/api/radius/accounting-forwarding'
const oldestAtMs = Date.parse('2026-11-23T09:00:00.000Z')
const forwarding: ForwardingStatus = { rows: 7, limit: 1_000_000, oldestAtMs, waitingSessions: 1, servers: [] }

function waits(fields: Partial<ForwardingStatus> = {}): void {
  console.engine.status = { ...console.engine.status, forwarding: { ...forwarding, ...fields } }
}

describe('accounting that waits to be forwarded', () => {
  test('is told with its number and its age', async () => {
    waits()
    expect((await console.call('GET', path, { cookie })).body).toEqual({
      ...{ waiting: 7, limit: 1_000_000, since: '2026-11-23T09:00:00.000Z', refusedSessions: 1, taken: false },
    })
    waits({ rows: 0 })
    expect((await console.call('GET', path, { cookie })).body).toMatchObject({ waiting: 0, since: null })
  })

  test('is given up by an administrator alone, and the changes say how much that was', async () => {
    waits()
    expect((await console.call('POST', `${path}/discard`, { cookie })).status).toBe(200)
    const { rows } = await console.store.audit.list({ limit: 1 })
    expect(rows).toMatchObject([
      {
        ...{
          action: 'discarded',
          subjectKind: 'accounting-outbox',
          before: { records: 7, since: '2026-11-23T09:00:00.000Z' },
        },
      },
    ])
  })

  test('where nobody answers for it, is not said to be nothing', async () => {
    expect((await console.call('GET', path, { cookie })).status).toBe(503)
  })
})
