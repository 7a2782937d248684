import { afterAll, beforeAll, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
afterAll(() => console.close())

const denials = { report: 'denials', filters: {} }
const saved = (name: string, changes: object = {}) => ({
  ...{ name, content: denials, period: '7d', from: null, to: null },
  ...changes,
})
const schedule = {
  ...{ every: 'week', weekday: 1, monthDay: 1, time: '07:30', zone: 'Europe/Berlin' },
  ...{ recipients: ['security@example.com'], format: 'csv', language: 'de' },
}
const create = (body: object) => console.call('POST', '/api/saved-reports', { cookie, body })
const errors = (body: unknown) => (body as { errors: { path: string }[] }).errors.map(({ path }) => path)
const setSchedule = (id: unknown, body: object) =>
  console.call('PUT', `/api/saved-reports/${String(id)}/schedule`, { cookie, body })

async function addGateway() {
  const gateway = {
    ...{ name: 'Mail', enabled: true, secret: undefined },
    configuration: {
      ...{ type: 'smtp', host: '127.0.0.1', port: 9, security: 'none', caPem: null, username: '' },
      ...{ from: 'vpn@example.com', fromName: 'VPN', timeoutSeconds: 5 },
    },
  }
  expect(await console.call('POST', '/api/gateways', { cookie, body: gateway })).toMatchObject({ status: 200 })
}

test('a report is saved with its filters, found by every role, changed, and removed; the trail has each', async () => {
  const content = { report: 'sign-ins', filters: { result: 'rejected', username: 'ada' } }
  const made = await create(saved('Refused', { content }))
  expect(made).toMatchObject({ status: 200, body: { name: 'Refused', content, schedule: null, version: 1 } })
  for (const role of ['operator', 'auditor'] as const) {
    const list = await console.call('GET', '/api/saved-reports', { cookie: await console.signInAs(role) })
    expect(list.body).toMatchObject({ rows: [{ name: 'Refused', content, nextAt: null, last: null }] })
  }
  const url = `/api/saved-reports/${String(made.body['id'])}`
  const changed = await console.call('PUT', url, { cookie, body: { ...saved('Renamed', { content }), version: 1 } })
  expect(changed).toMatchObject({ status: 200, body: { name: 'Renamed', version: 2 } })
  const late = await console.call('PUT', url, { cookie, body: { ...saved('Late'), version: 1 } })
  expect(late).toMatchObject({ status: 409, body: { current: { name: 'Renamed' } } })
  expect(await console.call('DELETE', `${url}?version=2`, { cookie })).toMatchObject({ status: 204 })
  const trail = await console.call('GET', '/api/reports/changes?search=saved-report', { cookie })
  const actions = (trail.body['rows'] as { action: string }[]).map(({ action }) => action)
  expect(actions).toEqual(['removed', 'changed', 'created'])
})

test('what is wrong is named beside its field, and filters of another report are none', async () => {
  await create(saved('Taken'))
  const wrong: readonly [object, string][] = [
    [saved(''), 'name'],
    [saved('a\r\nBcc: b@example.com'), 'name'],
    [saved('x', { period: 'fixed' }), 'period'],
    [saved('x', { from: '2026-11-01T00:00:00.000Z' }), 'period'],
    [saved('x', { period: 'fixed', from: '2026-11-02T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' }), 'to'],
    [saved('x', { content: { report: 'denials', filters: { username: 'ada' } } }), 'content.filters.username'],
    [saved('x', { content: { report: 'sign-ins', filters: { clientId: 'x' } } }), 'content.filters.clientId'],
    [saved('Taken'), 'name'],
  ]
  for (const [body, path] of wrong) {
    const answer = await create(body)
    expect(answer.status, path).toBeGreaterThanOrEqual(400)
    expect(errors(answer.body)).toEqual([path])
  }
})

test('a schedule needs a mail gateway, addresses and a time of a zone; it is somebody’s, and says when it is next', async () => {
  const { body } = await create(saved('Weekly'))
  const none = await setSchedule(body['id'], { schedule, version: 1 })
  expect(none.status).toBe(400)
  expect(errors(none.body)).toEqual(['schedule.recipients'])
  await addGateway()
  for (const [changes, path] of [
    [{ recipients: [] }, 'schedule.recipients'],
    [{ recipients: ['a@example.com', 'A@example.com'] }, 'schedule.recipients'],
    [{ recipients: ['a@example.com\r\nBcc: b@example.com'] }, 'schedule.recipients.0'],
    [{ recipients: Array.from({ length: 21 }, (_, index) => `p${index}@example.com`) }, 'schedule.recipients'],
    [{ time: '24:00' }, 'schedule.time'],
    [{ zone: '+02:00' }, 'schedule.zone'],
    [{ zone: 'Europe/Nowhere' }, 'schedule.zone'],
    [{ monthDay: 29 }, 'schedule.monthDay'],
  ] as const) {
    const answer = await setSchedule(body['id'], { schedule: { ...schedule, ...changes }, version: 1 })
    expect(answer.status, path).toBe(400)
    expect(errors(answer.body)[0]).toBe(path)
  }
  const set = await setSchedule(body['id'], { schedule, version: 1 })
  // The clock says Monday, 11 o’clock there.
  expect(set).toMatchObject({ status: 200, body: { schedule, nextAt: '2026-11-30T06:30:00.000Z', version: 2 } })
  expect(set.body['scheduledBy']).toMatch(/^administrator-/)
  const ended = await setSchedule(body['id'], { schedule: null, version: 2 })
  expect(ended).toMatchObject({ status: 200, body: { schedule: null, scheduledBy: null, nextAt: null } })
})

test('one without addresses cannot be sent, and nobody sends without end', async () => {
  const { body } = await create(saved('Now'))
  const send = (as = cookie) => console.call('POST', `/api/saved-reports/${String(body['id'])}/send`, { cookie: as })
  expect(errors((await send()).body)).toEqual(['schedule'])
  expect((await send(await console.signInAs('operator'))).status).toBe(403)
  await setSchedule(body['id'], { schedule, version: 1 })
  for (let sent = 0; sent < 20; sent += 1) expect((await send()).status).toBe(200)
  expect((await send()).status).toBe(429)
})
